import { Button } from 'antd';
import type { Job } from '../lib/jobs.js';
import { useFormats } from '../lib/formats.js';
import { Icon } from './icon.js';
import styles from './job-progress.module.css';
import { ProgressBar } from './progress-bar.js';
import { useCommonWords } from './words.js';

interface JobProgressProps {
  job: Job;
  /** In their order; the job's `progress.stage` names the one at work. */
  stages?: readonly { id: string; label: string }[];
  onCancel?: () => void;
  /** What is counted (bytes, say) tells a reader nothing: shown as a share. */
  asShare?: boolean;
}

const tones = { queued: 'accent', running: 'accent', done: 'good', failed: 'bad', cancelled: 'bad' } as const;

/** A long work that can be watched, left and stopped. */
export function JobProgress({ job, stages: given, onCancel, asShare = false }: JobProgressProps) {
  const stages = given ?? [];
  const t = useCommonWords();
  const f = useFormats();
  const { done = 0, total = null, stage } = job.progress ?? {};
  const open = job.status === 'queued' || job.status === 'running';
  const at = job.status === 'done' ? stages.length : stages.findIndex((one) => one.id === stage);
  const name = stages[at]?.label ?? t(`job.${job.status}`);
  const isCounted = open && total !== null && total > 0;
  const counted = isCounted
    ? asShare
      ? f.percent(Math.min(done / total, 1), 0)
      : t('job.of', { done: f.count(done), total: f.count(total) })
    : undefined;
  const status = t(`job.${job.status}`);
  // Said once: where no stage is at work the bar's own name is the status.
  const note = counted ?? (name === status ? undefined : status);
  return (
    <div className={styles['job']}>
      <div className={styles['line']}>
        <ProgressBar
          label={name}
          done={job.status === 'done' ? 1 : done}
          total={job.status === 'done' ? 1 : open ? total : (total ?? 1)}
          note={note}
          tone={tones[job.status]}
        />
        {open && onCancel ? <Button onClick={onCancel}>{t('job.cancel')}</Button> : null}
      </div>
      {stages.length === 0 ? null : (
        <ol className={styles['stages']}>
          {stages.map((one, index) => {
            const state = index < at ? 'done' : index === at && open ? 'now' : 'later';
            return (
              <li key={one.id} className={styles[state]} aria-current={state === 'now' ? 'step' : undefined}>
                <span className={styles['sign']} aria-hidden="true">
                  {state === 'done' ? <Icon name="check" size={14} /> : null}
                </span>
                {one.label}
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
}
