import type { ValuationCard, ValuationRun } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useEvents } from '../../../../lib/events.js';
import { useFormats } from '../../../../lib/formats.js';
import { useParams } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { Page } from '../../../../ui/page.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonChart } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { runQuery, useCancelRun } from '../api/runs.js';
import { AttributesPanel } from '../components/attributes-panel.js';
import { BacktestPanel } from '../components/backtest-panel.js';
import { CandidatesPanel } from '../components/candidates-panel.js';
import { DataUsedPanel } from '../components/data-used-panel.js';
import { HistoryPanel } from '../components/history-panel.js';
import { ModelPanel } from '../components/model-panel.js';
import { PlotsPanel } from '../components/plots-panel.js';
import { RunProgress } from '../components/run-progress.js';
import { RunTotals } from '../components/run-totals.js';
import { RunWarnings } from '../components/run-warnings.js';
import { useWords } from '../words.js';
import styles from './runs.module.css';

export function prefetch({ client, params }: PrefetchInput) {
  return client.prefetchQuery(runQuery(Number(params['runId'])));
}

/** The run's card: what it read, which model it took and why, how that did on what it had not seen. */
export default function ShowRun() {
  const t = useWords();
  const f = useFormats();
  const runId = Number(useParams()['runId']);
  const query = useQuery(runQuery(runId));
  useEvents(['score.published', 'valuation.changed'], () => void query.refetch());
  return (
    <Page
      title={query.data ? t('valuation.asOfDay', { date: f.date(query.data.asOf) }) : t('valuation.one')}
      back="/value/runs"
      asOf={query.data?.asOf}
      actions={query.data ? <CancelButton run={query.data} /> : undefined}
    >
      <QueryView query={query} skeleton={<SkeletonChart height={320} />}>
        {(run) => <RunCard run={run} />}
      </QueryView>
    </Page>
  );
}

function RunCard({ run }: { run: ValuationRun }) {
  return (
    <div className={styles['stack']}>
      {run.status === 'published' ? null : <RunProgress run={run} />}
      {run.card ? <RunWarnings card={run.card} /> : null}
      {run.totals ? <RunTotals totals={run.totals} /> : null}
      {run.card ? (
        <div className={styles['columns']}>
          <ModelPanel card={run.card} />
          <DataUsedPanel run={run} card={run.card} />
        </div>
      ) : null}
      {run.card ? <Known card={run.card} /> : null}
      {run.card ? <Proof card={run.card} /> : null}
    </div>
  );
}

/** What the run knew of the customers beside their orders; most runs know nothing. */
function Known({ card: { attributes = null, spendRegression = null } }: { card: ValuationCard }) {
  if (attributes === null && spendRegression?.inUse !== true) return null;
  return <AttributesPanel attributes={attributes} spend={spendRegression} />;
}

/** Why the figures may be believed. Cards of earlier versions know the model and one naive rule only. */
function Proof({ card: { backtest, candidates, choice, plots, history } }: { card: ValuationCard }) {
  return (
    <>
      {candidates ? (
        <CandidatesPanel candidates={candidates} choice={choice} backtest={backtest} />
      ) : backtest ? (
        <BacktestPanel backtest={backtest} />
      ) : null}
      {plots && backtest ? (
        <PlotsPanel plots={plots} backtest={backtest} candidates={candidates ?? []} />
      ) : null}
      {history ? <HistoryPanel history={history} /> : null}
    </>
  );
}

function CancelButton({ run }: { run: ValuationRun }) {
  const t = useWords();
  const toast = useToast();
  const cancel = useCancelRun();
  const canRun = useCan('valuation:run');
  if (!canRun || (run.status !== 'waiting' && run.status !== 'running')) return null;
  return (
    <Button
      loading={cancel.isPending}
      onClick={() => cancel.mutate(run, { onError: (error) => toast.failed(error) })}
    >
      {t('valuation.cancel')}
    </Button>
  );
}
