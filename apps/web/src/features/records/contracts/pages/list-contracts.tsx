import { CustomerLink } from '../../../../ui/customer-link.js';
import { contractStages, type ContractRow, type ContractStage } from '@kezi/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useDeferredValue } from 'react';
import { z } from 'zod';
import { useFormats } from '../../../../lib/formats.js';
import { useSearch } from '../../../../lib/navigate.js';
import { DataBar } from '../../../../ui/data-bar.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import list from '../../../../ui/list-table.module.css';
import { MoreRows } from '../../../../ui/more-rows.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { contractsQuery } from '../api/contracts.js';
import styles from '../components/contracts.module.css';
import { StageTag, Term } from '../components/stage-tag.js';
import { useWords } from '../words.js';

const search = z.object({
  stage: z.enum(contractStages).optional().catch(undefined),
  // A text that the URL may hold as a number: the last four digits of one.
  q: z.coerce.string().max(200).optional().catch(undefined),
  segmentId: z.coerce.number().int().positive().optional().catch(undefined),
});

/** Contracts of all customers; those that end soon are what most come for. */
export default function ListContracts() {
  const t = useWords();
  const [{ stage, q = '', segmentId }, setSearch] = useSearch(search);
  const sought = useDeferredValue(q.trim());
  const query = useInfiniteQuery(contractsQuery(stage === undefined ? [] : [stage], sought, segmentId));
  const isNarrowed = stage !== undefined || sought !== '' || segmentId !== undefined;
  const choose = (chosen: ContractStage | undefined) => setSearch({ stage: chosen }, { replace: true });
  return (
    <Page title={t('contracts.menu')}>
      <Panel padding="none">
        <div className={list['bar']}>
          <fieldset className={styles['stages']}>
            <legend className="kz-unseen">{t('contracts.filter')}</legend>
            {[undefined, ...contractStages].map((one) => (
              <button
                key={one ?? 'all'}
                type="button"
                className={styles['stage']}
                aria-pressed={one === stage}
                onClick={() => choose(one)}
              >
                {t(one === undefined ? 'contracts.all' : `contracts.stage.${one}`)}
              </button>
            ))}
          </fieldset>
          <Input.Search
            className={list['find'] ?? ''}
            allowClear
            aria-label={t('contracts.find')}
            placeholder={t('contracts.find')}
            value={q}
            onChange={(event) => setSearch({ q: event.target.value || undefined }, { replace: true })}
          />
          <SegmentSelect
            value={segmentId}
            onChange={(value) => setSearch({ segmentId: value }, { replace: true })}
          />
        </div>
        <QueryView
          query={query}
          skeleton={<SkeletonGrid rows={8} columns={5} />}
          empty={(data) => data.pages[0]?.items.length === 0}
          emptyView={
            <EmptyState
              title={t(isNarrowed ? 'contracts.noMatch' : 'contracts.noneAtAll')}
              text={t('contracts.noneAtAllText')}
            />
          }
        >
          {(data) => <Table rows={data.pages.flatMap((page) => page.items)} />}
        </QueryView>
        <MoreRows query={query} />
      </Panel>
    </Page>
  );
}

function Table({ rows }: { rows: readonly ContractRow[] }) {
  const t = useWords();
  const f = useFormats();
  return (
    <div className={list['scroll']}>
      <table className={`${list['table']} ${list['cards']}`} aria-label={t('contracts.menu')}>
        <thead>
          <tr>
            <th scope="col">{t('contracts.name')}</th>
            <th scope="col">{t('contracts.customer')}</th>
            <th scope="col">{t('contracts.stageTitle')}</th>
            <th scope="col">{t('contracts.termTitle')}</th>
            <th scope="col" data-align="end">
              {t('contracts.amount')}
            </th>
            <th scope="col" data-align="end">
              {t('contracts.kept')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.contractId}>
              <td>
                <CustomerLink
                  className={list['main'] ?? ''}
                  to={`/customers/${row.customerId}?tab=contracts`}
                >
                  {row.title}
                </CustomerLink>
                <span className={list['faint']}>{row.contractNo}</span>
              </td>
              <td>
                <CustomerLink to={`/customers/${row.customerId}`}>{row.customerName}</CustomerLink>
                <span className={list['faint']}>{row.ownerName}</span>
              </td>
              <td data-name={t('contracts.stageTitle')}>
                <StageTag stage={row.stage} />
              </td>
              <td data-name={t('contracts.termTitle')}>
                <Term contract={row} />
              </td>
              <td data-align="end" data-name={t('contracts.amount')}>
                {row.amountMinor === null ? '–' : f.money(row.amountMinor, row.currency)}
              </td>
              <td data-align="end" data-name={t('contracts.kept')}>
                {row.minimumMinor === null ? (
                  '–'
                ) : (
                  <DataBar value={row.boughtMinor} max={row.minimumMinor}>
                    {f.percent(row.boughtMinor / row.minimumMinor, 0)}
                  </DataBar>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
