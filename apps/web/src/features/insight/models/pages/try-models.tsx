import { benchModels, type BenchModel, type ModelFitInput } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { z } from 'zod';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useSearch } from '../../../../lib/navigate.js';
import { useAnyWord } from '../../../../lib/words.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { fitModel, modelsQuery } from '../api/models.js';
import { AskPanel } from '../components/ask-panel.js';
import { CurvesPanel } from '../components/curves-panel.js';
import { FitOptions } from '../components/fit-options.js';
import { FitResult } from '../components/fit-result.js';
import { ModelList } from '../components/model-list.js';
import { Running } from '../../../../ui/running.js';
import { TableInput } from '../components/table-input.js';
import { horizonFor, seenIn } from '../curves-of-table.js';
import { examples } from '../example-tables.js';
import { choicesFor, lacking, type FitChoices, type ListedModel, type Model } from '../fit-choices.js';
import { readTable, type SmallTable } from '../read-table.js';
import { patience, useCalculation } from '../use-calculation.js';
import { useWords } from '../words.js';
import styles from '../components/models.module.css';

const search = z.object({ model: z.enum(benchModels).catch('bg-nbd') });

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchQuery(modelsQuery);
}

/** The analyst's bench: any model, fitted to a small table, looked at, and asked. Nothing of it is kept. */
export default function TryModels() {
  const t = useWords();
  const [{ model: name }, setSearch] = useSearch(search);
  const query = useQuery(modelsQuery);
  return (
    <Page title={t('models.title')} subtitle={t('models.subtitle')}>
      <div className={styles['layout']}>
        <ModelList chosen={name} onChoose={(model) => setSearch({ model }, { replace: true })} />
        <QueryView query={query} skeleton={<SkeletonGrid rows={6} columns={3} />}>
          {({ items }) => <Bench model={items.find((each) => each.name === name)!} />}
        </QueryView>
      </div>
    </Page>
  );
}

/** What was fitted, kept with its answer: the table and the choices may change after it. */
interface Fitted {
  name: BenchModel;
  fit: Model;
  table: SmallTable;
  text: string;
}

function Bench({ model }: { model: ListedModel }) {
  const [text, setText] = useState('');
  const [choices, setChoices] = useState<FitChoices>({});
  const table = useMemo(() => readTable(text), [text]);
  const fitting = useCalculation(
    useCallback(
      async (asked: { input: ModelFitInput; table: SmallTable; text: string }, signal: AbortSignal) => {
        const fit = (await fitModel(asked.input, signal)) as Model;
        return { name: asked.input.name, fit, table: asked.table, text: asked.text } satisfies Fitted;
      },
      [],
    ),
  );
  const columns = 'fault' in table ? [] : table.columns;
  const chosen = choicesFor(model, columns, choices);
  const start = () => {
    if (!('fault' in table))
      void fitting.start({ input: { name: model.name, rows: table.rows, ...chosen }, table, text });
  };
  const fillExample = () => {
    setText(examples[model.name].text);
    setChoices(examples[model.name].choices);
  };
  return (
    <div className={styles['stack']}>
      <DataPanel
        {...{ model, text, table, chosen, onText: setText, onChoices: setChoices, onExample: fillExample }}
        isBusy={fitting.since !== null}
        onFit={start}
      />
      <Outcome fitting={fitting} isOf={model.name} onRetry={start} />
    </div>
  );
}

interface DataPanelProps {
  model: ListedModel;
  text: string;
  table: ReturnType<typeof readTable>;
  chosen: FitChoices;
  isBusy: boolean;
  onText: (text: string) => void;
  onChoices: (choices: FitChoices) => void;
  onExample: () => void;
  onFit: () => void;
}

function DataPanel({
  model,
  text,
  table,
  chosen,
  isBusy,
  onText,
  onChoices,
  onExample,
  onFit,
}: DataPanelProps) {
  const t = useWords();
  const word = useAnyWord();
  const columns = 'fault' in table ? [] : table.columns;
  const missing = lacking(model, columns, chosen);
  const isReady = missing.columns.length === 0 && missing.choices.length === 0;
  return (
    <Panel title={word(`models.name.${model.name}`)} hint={word(`models.data.${model.name}`)}>
      <TableInput
        label={t('models.table')}
        hint={t('models.tableHint')}
        text={text}
        table={table}
        onText={onText}
        example={{ label: t('models.useExample'), fill: onExample }}
      />
      {'fault' in table ? null : (
        <>
          <FitOptions model={model} columns={columns} choices={chosen} onChoices={onChoices} />
          {missing.columns.length > 0 ? (
            <p className={styles['fault']} role="alert">
              {t('models.lacksColumns', { columns: missing.columns.join(t('models.comma')) })}
            </p>
          ) : null}
          {missing.choices.length > 0 ? (
            <p className={styles['note']}>
              {t('models.lacksChoices', {
                choices: missing.choices.map((name) => t(`models.take.${name}`)).join(t('models.comma')),
              })}
            </p>
          ) : null}
        </>
      )}
      <div className={styles['buttons']}>
        <Button type="primary" disabled={'fault' in table || !isReady || isBusy} onClick={onFit}>
          {t('models.fit')}
        </Button>
      </div>
    </Panel>
  );
}

interface OutcomeProps {
  fitting: { since: number | null; error: unknown; result: Fitted | null; cancel: () => void };
  /** The model that is chosen now: what was fitted before for another is not shown under its name. */
  isOf: BenchModel;
  onRetry: () => void;
}

function Outcome({ fitting, isOf, onRetry }: OutcomeProps) {
  const t = useWords();
  const { since, error, result, cancel } = fitting;
  if (since !== null) {
    return (
      <Panel>
        <Running patience={patience} label={t('models.fitting')} since={since} onCancel={cancel} />
      </Panel>
    );
  }
  if (error !== null) return <ErrorState error={error} size="band" onRetry={onRetry} />;
  if (result === null || result.name !== isOf) return null;
  const { name, fit, table, text } = result;
  const horizon = horizonFor(name, table);
  const key = JSON.stringify(fit);
  return (
    <>
      <FitResult fit={fit} />
      <CurvesPanel key={`curves ${key}`} fit={fit} horizon={horizon} seen={seenIn(name, table)} />
      <AskPanel key={`ask ${key}`} name={name} fit={fit} horizon={horizon} ownText={text} />
    </>
  );
}
