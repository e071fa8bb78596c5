import type { ImportBatch } from '@kezi/contract';
import { Button } from 'antd';
import { ApiError } from '../../../../lib/api-error.js';
import { useFormats } from '../../../../lib/formats.js';
import { useGo } from '../../../../lib/navigate.js';
import { useCan, useSession } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { useToast } from '../../../../ui/toast.js';
import { useActOnImport } from '../api/imports.js';
import { useWords } from '../words.js';
import { BatchProgress } from './batch-progress.js';
import { CountsView, RecordsPanel } from './counts-view.js';
import styles from './counts-view.module.css';
import { StepBar } from './import-frame.js';
import { ReasonsPanel, RejectedRowsPanel } from './rejected-panels.js';

/** What went wrong with the batch, as the error that the blocks of the page can show. */
export function batchError(batch: Pick<ImportBatch, 'error'>): ApiError | null {
  if (!batch.error) return null;
  const { code, params, detail } = batch.error;
  return new ApiError({ status: 422, code, params, ...(detail === undefined ? {} : { detail }) });
}

/** A dry run does not tell which numbers the customers of others have; the import refuses such rows. */
function noteOf(kind: ImportBatch['kind'], accepted: number, seesAll: boolean) {
  if (accepted === 0) return 'imports.nothingGood';
  const namesNewOnes = kind === 'customers' || kind === 'orders';
  return namesNewOnes && !seesAll ? 'imports.checkedNoteScoped' : 'imports.checkedNote';
}

/** Third step: the import as it would go, counted and taken back. */
export function CheckStep({ batch }: { batch: ImportBatch }) {
  const t = useWords();
  const f = useFormats();
  const go = useGo();
  const toast = useToast();
  const canWrite = useCan('imports:write');
  const seesAll = useSession().scope === 'all';
  const id = batch.importBatchId;
  const check = useActOnImport('check');
  const start = useActOnImport('start');
  const onError = (error: unknown) => toast.failed(error);
  const error = batchError(batch);
  if (batch.status === 'checking') return <BatchProgress batch={batch} />;
  const back = <Button onClick={() => go(`/imports/${id}?step=map`)}>{t('imports.backToMap')}</Button>;
  const again = (
    <Button
      type="primary"
      loading={check.isPending}
      disabled={!canWrite}
      onClick={() => check.mutate({ id }, { onError })}
    >
      {t(error ? 'imports.checkAgain' : 'imports.check')}
    </Button>
  );
  const { counts } = batch;
  if (!counts) {
    return (
      <>
        {error ? (
          <ErrorState error={error} />
        ) : (
          <EmptyState picture="file" title={t('imports.notChecked')} text={t('imports.notCheckedText')} />
        )}
        <StepBar>
          {back}
          {again}
        </StepBar>
      </>
    );
  }
  return (
    <>
      <CountsView counts={counts} isDone={false} />
      <div className={styles['columns']}>
        <RecordsPanel counts={counts} isDone={false} />
        {counts.rejected > 0 ? <ReasonsPanel counts={counts} /> : null}
      </div>
      {counts.rejected > 0 ? <RejectedRowsPanel batch={batch} rejected={counts.rejected} /> : null}
      <StepBar note={t(noteOf(batch.kind, counts.accepted, seesAll))}>
        {back}
        <Button
          type="primary"
          disabled={counts.accepted === 0 || !canWrite}
          loading={start.isPending}
          onClick={() => start.mutate({ id }, { onError })}
        >
          {counts.rejected > 0
            ? t('imports.startGood', { count: f.count(counts.accepted) })
            : t('imports.start', { count: f.count(counts.accepted) })}
        </Button>
      </StepBar>
    </>
  );
}
