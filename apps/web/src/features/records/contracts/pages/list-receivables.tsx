import { receivableStates, type ReceivableRow } from '@kezi/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useSearch } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import list from '../../../../ui/list-table.module.css';
import { MoreRows } from '../../../../ui/more-rows.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonGrid, SkeletonLines } from '../../../../ui/skeleton.js';
import { ageingQuery, paymentsQuery, receivablesQuery } from '../api/contracts.js';
import { AgeingList } from '../components/ageing-list.js';
import styles from '../components/contracts.module.css';
import { PaymentsTable } from '../components/payments-table.js';
import { ReceivablesTable } from '../components/receivables-table.js';
import { useWords } from '../words.js';

/** What is owed by its state, or what has come in. */
const shown = [...receivableStates, 'payments'] as const;
type Shown = (typeof shown)[number];

const search = z.object({
  state: z.enum(shown).optional().catch(undefined),
  segmentId: z.coerce.number().int().positive().optional().catch(undefined),
});

/** What is still owed, unless one state is asked for. */
const statesOf = (state?: Exclude<Shown, 'payments'>): ReceivableRow['state'][] =>
  state === undefined ? ['overdue', 'planned'] : [state];

export function prefetch({ client, search: given }: PrefetchInput) {
  const { state, segmentId } = search.parse(given);
  return Promise.all([
    client.prefetchQuery(ageingQuery(segmentId)),
    state === 'payments'
      ? client.prefetchInfiniteQuery(paymentsQuery(segmentId))
      : client.prefetchInfiniteQuery(receivablesQuery(statesOf(state), segmentId)),
  ]);
}

const shownWord = (one: Shown | undefined) => {
  if (one === 'payments') return 'contracts.payments';
  return one === undefined ? 'contracts.state.open' : (`contracts.state.${one}` as const);
};

/** What all customers owe: how much of it is late, and for how long. */
export default function ListReceivables() {
  const t = useWords();
  const [{ state, segmentId }, setSearch] = useSearch(search);
  const ageing = useQuery(ageingQuery(segmentId));
  return (
    <Page
      title={t('contracts.receivables')}
      actions={
        <SegmentSelect
          value={segmentId}
          onChange={(value) => setSearch({ segmentId: value }, { replace: true })}
        />
      }
    >
      <div className={styles['view']}>
        <Panel title={t('contracts.ageing')} hint={t('contracts.ageingHint')} padding="none">
          <QueryView
            query={ageing}
            skeleton={<SkeletonLines n={2} />}
            empty={(data) => data.items.length === 0}
            emptyView={
              <EmptyState title={t('contracts.noReceivables')} text={t('contracts.noReceivablesText')} />
            }
          >
            {(data) => <AgeingList items={data.items} />}
          </QueryView>
        </Panel>
        <Panel padding="none">
          <div className={list['bar']}>
            <fieldset className={styles['stages']}>
              <legend className="kz-unseen">{t('contracts.filter')}</legend>
              {[undefined, ...shown].map((one) => (
                <button
                  key={one ?? 'open'}
                  type="button"
                  className={styles['stage']}
                  aria-pressed={one === state}
                  onClick={() => setSearch({ state: one }, { replace: true })}
                >
                  {t(shownWord(one))}
                </button>
              ))}
            </fieldset>
          </div>
          {state === 'payments' ? (
            <Payments segmentId={segmentId} />
          ) : (
            <Receivables states={statesOf(state)} segmentId={segmentId} />
          )}
        </Panel>
      </div>
    </Page>
  );
}

interface ListProps {
  segmentId: number | undefined;
}

function Receivables({ states, segmentId }: ListProps & { states: readonly ReceivableRow['state'][] }) {
  const t = useWords();
  const query = useInfiniteQuery(receivablesQuery(states, segmentId));
  return (
    <>
      <QueryView
        query={query}
        skeleton={<SkeletonGrid rows={8} columns={5} />}
        empty={(data) => data.pages[0]?.items.length === 0}
        emptyView={<EmptyState title={t('contracts.noneInState')} text={t('contracts.noReceivablesText')} />}
      >
        {(data) => <ReceivablesTable rows={data.pages.flatMap((page) => page.items)} hasCustomer />}
      </QueryView>
      <MoreRows query={query} />
    </>
  );
}

function Payments({ segmentId }: ListProps) {
  const t = useWords();
  const mayWrite = useCan('payments:write');
  const query = useInfiniteQuery(paymentsQuery(segmentId));
  return (
    <>
      <QueryView
        query={query}
        skeleton={<SkeletonGrid rows={8} columns={5} />}
        empty={(data) => data.pages[0]?.items.length === 0}
        emptyView={
          <EmptyState
            title={t(segmentId === undefined ? 'contracts.noPayments' : 'contracts.noPaymentsMatch')}
            text={t('contracts.noPaymentsAnywhere')}
          />
        }
      >
        {(data) => (
          <PaymentsTable rows={data.pages.flatMap((page) => page.items)} mayWrite={mayWrite} hasCustomer />
        )}
      </QueryView>
      <MoreRows query={query} />
    </>
  );
}
