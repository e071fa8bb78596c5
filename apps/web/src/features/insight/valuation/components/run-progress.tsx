import type { ValuationRun } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { useJob } from '../../../../lib/jobs.js';
import { RunError } from '../../../../ui/run-error.js';
import { Panel } from '../../../../ui/panel.js';
import { ProgressBar } from '../../../../ui/progress-bar.js';
import { useWords } from '../words.js';
import { RunStatus } from './run-status.js';
import styles from './run-progress.module.css';

const stages = ['extract', 'features', 'fit', 'score', 'publish'] as const;

/** Where a run stands, live while it works; what went wrong when it did not end well. */
export function RunProgress({ run }: { run: ValuationRun }) {
  const t = useWords();
  const f = useFormats();
  const job = useJob(run.status === 'waiting' || run.status === 'running' ? run.jobId : null).data;
  const now = job?.progress?.stage ?? run.stages.find((stage) => stage.status === 'running')?.name;
  const at = stages.findIndex((stage) => stage === now);
  return (
    <Panel title={t('valuation.progress')} extra={<RunStatus run={run} />}>
      {run.error ? <RunError error={run.error} /> : null}
      <ol className={styles['stages']}>
        {stages.map((name, index) => {
          const kept = run.stages.find((stage) => stage.name === name);
          const done = kept?.status === 'done' || index < at;
          const share = index === at && job?.progress?.total ? job.progress.done / job.progress.total : 0;
          return (
            <li
              key={name}
              className={styles['stage']}
              data-state={done ? 'done' : index === at ? 'now' : 'waiting'}
            >
              <ProgressBar
                label={t(`valuation.stage.${name}`)}
                done={done ? 1 : share}
                total={1}
                note={
                  kept?.seconds === undefined || kept.seconds === null ? undefined : f.duration(kept.seconds)
                }
              />
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
