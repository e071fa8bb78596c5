import type { ChurnRun } from '@kezi/contract';
import { Button } from 'antd';
import { useFormats } from '../../../../lib/formats.js';
import { useCan } from '../../../../lib/session.js';
import { RunError } from '../../../../ui/run-error.js';
import { Panel } from '../../../../ui/panel.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { useCancelChurn } from '../api/churn.js';
import { useWords } from '../words.js';
import styles from './churn.module.css';

type Run = Omit<ChurnRun, 'report'>;

const tones = {
  waiting: 'neutral',
  running: 'accent',
  published: 'good',
  failed: 'bad',
  cancelled: 'neutral',
} as const;

/** Trainings there were, newest first, and how each ended. */
export function RunsPanel({ runs }: { runs: readonly Run[] }) {
  const t = useWords();
  return (
    <Panel title={t('churn.runs')} padding="none">
      <ol className={styles['runs']}>
        {runs.map((run) => (
          <RunLine key={run.churnRunId} run={run} />
        ))}
      </ol>
    </Panel>
  );
}

function RunLine({ run }: { run: Run }) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const cancel = useCancelChurn();
  const isOpen = run.status === 'waiting' || run.status === 'running';
  const canRun = useCan('valuation:run');
  return (
    <li>
      <Tag tone={tones[run.status]}>{t(`churn.status.${run.status}`)}</Tag>
      <span>{f.dateTime(run.createdAt)}</span>
      <span>{run.asOf === null ? '' : t('churn.asOf', { date: f.date(run.asOf) })}</span>
      <span>{run.silenceDays === null ? '' : t('churn.silenceOf', { days: run.silenceDays })}</span>
      <span className={styles['maker']}>{run.createdByName ?? ''}</span>
      {isOpen && canRun ? (
        <Button
          size="small"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(run, { onError: (error) => toast.failed(error) })}
        >
          {t('churn.cancel')}
        </Button>
      ) : null}
      {run.error ? <RunError error={run.error} /> : null}
    </li>
  );
}
