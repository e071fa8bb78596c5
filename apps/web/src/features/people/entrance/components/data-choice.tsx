import { Button } from 'antd';
import { useGo } from '../../../../lib/navigate.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Icon } from '../../../../ui/icon.js';
import { useLoadDemo } from '../api/enter.js';
import { useWords } from '../words.js';
import styles from './form.module.css';

/** The two ways to see something: the demo, or one's own file. */
export function DataChoice() {
  const t = useWords();
  const go = useGo();
  const demo = useLoadDemo();
  return (
    <>
      <h1>{t('entrance.data_title')}</h1>
      <p className={styles['soft']}>{t('entrance.data_text')}</p>
      <div className={styles['choices']}>
        <button
          type="button"
          className={styles['choice']}
          disabled={demo.isPending}
          onClick={() => demo.mutate(undefined, { onSuccess: () => go('/imports/demo') })}
        >
          <Icon name="building" size={24} />
          <strong>{t('entrance.demo')}</strong>
          <span>{t('entrance.demo_text')}</span>
          <Icon name="right" />
        </button>
        <button type="button" className={styles['choice']} onClick={() => go('/imports/new')}>
          <Icon name="upload" size={24} />
          <strong>{t('entrance.import')}</strong>
          <span>{t('entrance.import_text')}</span>
          <Icon name="right" />
        </button>
      </div>
      {demo.isError ? <ErrorState error={demo.error} size="band" /> : null}
      <div className={styles['later']}>
        <Button type="link" onClick={() => go('/')}>
          {t('entrance.later')}
        </Button>
      </div>
    </>
  );
}
