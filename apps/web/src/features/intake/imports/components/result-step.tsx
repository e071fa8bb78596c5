import type { ImportBatch } from '@kezi/contract';
import { Button } from 'antd';
import { useFormats } from '../../../../lib/formats.js';
import { useGo } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Icon } from '../../../../ui/icon.js';
import { useToast } from '../../../../ui/toast.js';
import { useActOnImport } from '../api/imports.js';
import { isRunning } from '../step-of-batch.js';
import { useWords } from '../words.js';
import { BatchProgress } from './batch-progress.js';
import { batchError } from './check-step.js';
import { CountsView, RecordsPanel } from './counts-view.js';
import styles from './counts-view.module.css';
import { StepBar } from './import-frame.js';
import { ReasonsPanel, RejectedRowsPanel } from './rejected-panels.js';
import own from './result-step.module.css';
import { useUndo } from './use-undo.js';

/** Last step: the import at work, and what it did. */
export function ResultStep({ batch }: { batch: ImportBatch }) {
  if (isRunning(batch.status)) return <BatchProgress batch={batch} />;
  if (batch.status === 'imported') return <Imported batch={batch} />;
  return batch.status === 'undone' ? <Undone batch={batch} /> : <Stopped batch={batch} />;
}

function Imported({ batch }: { batch: ImportBatch }) {
  const t = useWords();
  const f = useFormats();
  const go = useGo();
  const canUndo = useCan('imports:undo');
  // Contacts or payments leave every value as it was.
  const isValued = useCan('valuation:run') && batch.kind === 'orders';
  const undo = useUndo();
  const error = batchError(batch);
  const { counts } = batch;
  if (!counts) return null;
  const rejected = counts.rejected > 0;
  return (
    <>
      {error ? (
        <div className={own['conflict']}>
          <ErrorState error={error} size="band" />
          {error.code === 'imports.undo_conflict' ? (
            <Button onClick={() => undo.ask(batch, true)}>{t('imports.undo.keep')}</Button>
          ) : null}
        </div>
      ) : null}
      <p className={own['done']} role="status">
        <Icon name="check" />
        {t('imports.done', { count: f.count(counts.accepted) })}
        {batch.finishedAt === null || batch.startedAt === null ? null : (
          <span className={own['took']}>
            {t('imports.took', {
              time: f.duration(
                Math.max((Date.parse(batch.finishedAt) - Date.parse(batch.startedAt)) / 1000, 1),
              ),
            })}
          </span>
        )}
      </p>
      <CountsView counts={counts} isDone />
      <div className={styles['columns']}>
        <RecordsPanel counts={counts} isDone />
        {rejected ? <ReasonsPanel counts={counts} /> : null}
      </div>
      {rejected ? <RejectedRowsPanel batch={batch} rejected={counts.rejected} /> : null}
      <StepBar
        note={
          canUndo ? (
            <Button type="link" className={own['undo'] ?? ''} onClick={() => undo.ask(batch)}>
              {t('imports.undo')}
            </Button>
          ) : null
        }
      >
        <Button onClick={() => go(`/imports/new?kind=${batch.kind}`)}>{t('imports.another')}</Button>
        <Button type={isValued ? 'default' : 'primary'} onClick={() => go('/customers')}>
          {t('imports.seeCustomers')}
        </Button>
        {isValued ? (
          <Button type="primary" onClick={() => go('/value/runs')}>
            {t('imports.valueNow')}
          </Button>
        ) : null}
      </StepBar>
    </>
  );
}

function Undone({ batch }: { batch: ImportBatch }) {
  const t = useWords();
  return (
    <EmptyState
      picture="done"
      title={t('imports.undone')}
      text={t('imports.undoneText', { name: batch.fileName })}
      action={{ label: t('imports.another'), to: '/imports/new' }}
    />
  );
}

/** Cancelled or failed: nothing of it stayed, and it can be begun again. */
function Stopped({ batch }: { batch: ImportBatch }) {
  const t = useWords();
  const go = useGo();
  const toast = useToast();
  const canWrite = useCan('imports:write');
  const start = useActOnImport('start');
  const id = batch.importBatchId;
  const error = batchError(batch);
  return (
    <>
      {error ? (
        <ErrorState error={error} />
      ) : (
        <EmptyState picture="file" title={t('imports.cancelled')} text={t('imports.cancelledText')} />
      )}
      <StepBar>
        <Button onClick={() => go(`/imports/${id}?step=map`)}>{t('imports.backToMap')}</Button>
        <Button
          type="primary"
          disabled={!canWrite}
          loading={start.isPending}
          onClick={() => start.mutate({ id }, { onError: (failure) => toast.failed(failure) })}
        >
          {t('imports.startAgain')}
        </Button>
      </StepBar>
    </>
  );
}
