import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useFormats } from '../lib/formats.js';
import { ProgressBar } from './progress-bar.js';
import styles from './running.module.css';
import { useCommonWords } from './words.js';

/** Whole seconds since a moment, told anew every second. */
function useSeconds(since: number): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const tick = () => setSeconds(Math.max(0, Math.floor((performance.now() - since) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [since]);
  return seconds;
}

interface RunningProps {
  label: string;
  /** In ms of performance.now(). */
  since: number;
  /** Seconds that the server works on one request. */
  patience: number;
  onCancel: () => void;
}

/** A calculation on its way: since when, until when, and how to end it. */
export function Running({ label, since, patience, onCancel }: RunningProps) {
  const t = useCommonWords();
  const f = useFormats();
  const seconds = useSeconds(since);
  return (
    <div className={styles['running']}>
      <ProgressBar
        label={label}
        done={0}
        total={null}
        note={t('running.seconds', { seconds: f.count(seconds), most: f.count(patience) })}
      />
      <div>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </div>
  );
}
