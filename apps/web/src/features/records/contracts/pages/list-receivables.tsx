import { receivableStates, type ReceivableRow } from '@kezi/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useSearch } from '../../../../lib/navigate.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import list from '../../../../ui/list-table.module.css';
import { MoreRows } from '../../../../ui/more-rows.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonGrid, SkeletonLines } from '../../../../ui/skeleton.js';
import { ageingQuery, receivablesQuery } from '../api/contracts.js';
import { AgeingList } from '../components/ageing-list.js';
import styles from '../components/contracts.module.css';
import { ReceivablesTable } from '../components/receivables-table.js';
import { useWords } from '../words.js';

const search = z.object({
  state: z.enum(receivableStates).optional().catch(undefined),
  segmentId: z.coerce.number().int().positive().optional().catch(undefined),
});

/** What is still owed, unless one state is asked for. */
const statesOf = (state?: ReceivableRow['state']): ReceivableRow['state'][] =>
  state === undefined ? ['overdue', 'planned'] : [state];

export function prefetch({ client, search: given }: PrefetchInput) {
  const { state, segmentId } = search.parse(given);
  return Promise.all([
    client.prefetchQuery(ageingQuery(segmentId)),
    client.prefetchInfiniteQuery(receivablesQuery(statesOf(state), segmentId)),
  ]);
}

/** What all customers owe: how much of it is late, and for how long. */
export default function ListReceivables() {
  const t = useWords();
  const [{ state, segmentId }, setSearch] = useSearch(search);
  const ageing = useQuery(ageingQuery(segmentId));
  const query = useInfiniteQuery(receivablesQuery(statesOf(state), segmentId));
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
              {[undefined, ...receivableStates].map((one) => (
                <button
                  key={one ?? 'open'}
                  type="button"
                  className={styles['stage']}
                  aria-pressed={one === state}
                  onClick={() => setSearch({ state: one }, { replace: true })}
                >
                  {t(one === undefined ? 'contracts.state.open' : `contracts.state.${one}`)}
                </button>
              ))}
            </fieldset>
          </div>
          <QueryView
            query={query}
            skeleton={<SkeletonGrid rows={8} columns={5} />}
            empty={(data) => data.pages[0]?.items.length === 0}
            emptyView={
              <EmptyState title={t('contracts.noneInState')} text={t('contracts.noReceivablesText')} />
            }
          >
            {(data) => <ReceivablesTable rows={data.pages.flatMap((page) => page.items)} hasCustomer />}
          </QueryView>
          <MoreRows query={query} />
        </Panel>
      </div>
    </Page>
  );
}
