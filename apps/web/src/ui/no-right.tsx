import { Picture } from './picture.js';
import styles from './states.module.css';
import { useCommonWords } from './words.js';

/** The page exists, the reader may not see it: who can change that. */
export function NoRight({ permission }: { permission?: string }) {
  const t = useCommonWords();
  return (
    <div className={styles['state']}>
      <Picture name="lock" />
      <h1 className={styles['title']}>{t('right.title')}</h1>
      <p className={styles['text']}>{t('right.text')}</p>
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
