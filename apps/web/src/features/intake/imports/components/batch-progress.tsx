import type { ImportBatch } from '@kezi/contract';
import { Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useJob } from '../../../../lib/jobs.js';
import type { Job } from '../../../../lib/jobs.js';
import { Panel } from '../../../../ui/panel.js';
import { ProgressBar } from '../../../../ui/progress-bar.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { importQuery, useActOnImport } from '../api/imports.js';
import { useWords } from '../words.js';
import styles from './batch-progress.module.css';

/** Seconds left at the pace so far, or null while too little is done to tell. `now` in milliseconds. */
function secondsLeft(job: Pick<Job, 'startedAt' | 'progress'>, now: number): number | null {
  const { startedAt, progress } = job;
  if (startedAt === null || !progress || progress.total === null || progress.done <= 0) return null;
  const seconds = (now - Date.parse(startedAt)) / 1000;
  // The first three seconds tell little of the pace.
  if (seconds < 3) return null;
  return Math.max((seconds / progress.done) * (progress.total - progress.done), 1);
}

/** Check, import or undo at work: how far, how long, and a way to stop it. */
export function BatchProgress({ batch }: { batch: ImportBatch }) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const client = useQueryClient();
  const query = useJob(batch.jobId);
  const cancel = useActOnImport('cancel');
  const job = query.data;
  const status = job?.status;
  const isOver = status === 'done' || status === 'failed' || status === 'cancelled';
  const id = batch.importBatchId;
  useEffect(() => {
    if (isOver) void client.invalidateQueries({ queryKey: importQuery(id).queryKey });
  }, [isOver, id, client]);
  const stop = () => cancel.mutate({ id }, { onError: (error) => toast.failed(error) });
  return (
    <Panel title={t(`imports.running.${batch.status as 'checking' | 'importing' | 'undoing'}`)}>
      <div className={styles['line']}>
        <JobBar job={job} now={query.dataUpdatedAt} />
        <Button onClick={stop} loading={cancel.isPending} disabled={isOver}>
          {c('job.cancel')}
        </Button>
      </div>
      <p className={styles['note']}>{t('imports.mayLeave')}</p>
    </Panel>
  );
}

function JobBar({ job, now }: { job: Job | undefined; now: number }) {
  const t = useWords();
  const c = useCommonWords();
  const f = useFormats();
  if (!job || job.status === 'queued') {
    return <ProgressBar label={t('imports.stage.waiting')} done={0} total={null} />;
  }
  const { stage = 'reading', done = 0, total = null } = job.progress ?? {};
  const isReading = stage === 'reading' && total !== null;
  const left = isReading ? secondsLeft(job, now) : null;
  const parts = isReading ? [c('job.of', { done: f.bytes(done), total: f.bytes(total) })] : [];
  if (left !== null) parts.push(c('upload.left', { time: f.duration(left) }));
  const known = stage === 'writing' || stage === 'undoing' ? stage : 'reading';
  return (
    <ProgressBar
      label={t(`imports.stage.${known}`)}
      done={done}
      total={isReading ? total : null}
      note={parts.join(' · ')}
    />
  );
}
