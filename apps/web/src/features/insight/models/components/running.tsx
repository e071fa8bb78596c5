import { Button } from 'antd';
import { useFormats } from '../../../../lib/formats.js';
import { ProgressBar } from '../../../../ui/progress-bar.js';
import { useSeconds } from '../use-calculation.js';
import { useWords } from '../words.js';
import styles from './models.module.css';

/** As long as the server works on one request. */
const patience = 20;

/** A calculation on its way: since when, until when, and how to end it. */
export function Running({ label, since, onCancel }: { label: string; since: number; onCancel: () => void }) {
  const t = useWords();
  const f = useFormats();
  const seconds = useSeconds(since);
  return (
    <div className={styles['stack']}>
      <ProgressBar
        label={label}
        done={0}
        total={null}
        note={t('models.running', { seconds: f.count(seconds), most: f.count(patience) })}
      />
      <div>
        <Button onClick={onCancel}>{t('models.cancel')}</Button>
      </div>
    </div>
  );
}
