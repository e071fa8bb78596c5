import type { ImportBatch } from '@kezi/contract';
import { Button } from 'antd';
import { AppLink } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { useToast } from '../../../../ui/toast.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { useActOnImport, useChangeImport } from '../api/imports.js';
import { columnsPatch, missingNeeds } from '../map-columns.js';
import { useWords } from '../words.js';
import type { Word } from '../words.js';
import { ColumnsPanel } from './columns-panel.js';
import { StepBar } from './import-frame.js';
import { OwnerPanel } from './owner-panel.js';
import { PreviewPanel } from './preview-panel.js';
import { QuestionsPanel } from './questions-panel.js';
import { ReadingPanel } from './reading-panel.js';
import { ValuesPanel } from './values-panel.js';

/** Second step: how the file is read and which column is which. Every change is kept at once. */
export function MapStep({ batch }: { batch: ImportBatch }) {
  const t = useWords();
  const toast = useToast();
  const canWrite = useCan('imports:write');
  const id = batch.importBatchId;
  const change = useChangeImport(id);
  const check = useActOnImport('check');
  const missing = missingNeeds(batch);
  const isReady = missing.length === 0 && batch.questions.length === 0;
  const start = () => check.mutate({ id }, { onError: (error) => toast.failed(error) });
  return (
    <>
      {change.isError ? <ErrorState error={change.error} size="band" /> : null}
      {batch.questions.length > 0 ? (
        <QuestionsPanel questions={batch.questions} onAnswer={(mapping) => change.mutate({ mapping })} />
      ) : null}
      <ReadingPanel batch={batch} onChange={(reading) => change.mutate({ reading })} />
      <ColumnsPanel
        batch={batch}
        onChange={(columns) => change.mutate({ mapping: columnsPatch(batch.mapping, columns) })}
      />
      <ValuesPanel batch={batch} onChange={(mapping) => change.mutate({ mapping })} />
      <OwnerPanel batch={batch} onChange={(mapping) => change.mutate({ mapping })} />
      <PreviewPanel batch={batch} />
      <StepBar
        note={
          missing.length > 0 ? (
            <>
              {t('imports.missing', {
                fields: missing.map((need) => t(`imports.need.${need}` as Word)).join(t('imports.comma')),
              })}{' '}
              <AppLink to="/imports/new">{t('imports.wrongKind')}</AppLink>
            </>
          ) : batch.questions.length > 0 ? (
            t('imports.answerFirst')
          ) : (
            t('imports.ready')
          )
        }
      >
        <Button
          type="primary"
          disabled={!isReady || !canWrite || change.isPending}
          loading={check.isPending}
          onClick={start}
        >
          {t('imports.check')}
        </Button>
      </StepBar>
    </>
  );
}
