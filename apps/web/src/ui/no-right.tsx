import { Button } from 'antd';
import { useGo } from '../lib/navigate.js';
import { Picture } from './picture.js';
import styles from './states.module.css';
import { useCommonWords } from './words.js';

/** The page exists, the reader may not see it: who can change that. */
export function NoRight({ permission }: { permission?: string }) {
  const t = useCommonWords();
  const go = useGo();
  return (
    <div className={styles['state']}>
      <Picture name="lock" />
      <h1 className={styles['title']}>{t('right.title')}</h1>
      <p className={styles['text']}>{t('right.text')}</p>
      <Button type="primary" onClick={() => go('/')}>
        {t('error.home')}
      </Button>
      {permission === undefined ? null : (
        <p className={styles['code']}>
          <span>
            {t('right.permission')} <code>{permission}</code>
          </span>
        </p>
      )}
    </div>
  );
}
