import { churnSorts, type ChurnSort } from '@kezi/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { DataBar } from '../../../../ui/data-bar.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { MoreRows } from '../../../../ui/more-rows.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import list from '../../../../ui/list-table.module.css';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { churnCustomersQuery, usualSort } from '../api/churn.js';
import { useWords } from '../words.js';
import { useWhy } from './use-why.js';

interface LikelyPanelProps {
  segmentId: number | undefined;
  onSegment: (segmentId: number | undefined) => void;
}

/**
 * The customers whom the reader may see: first where the most value is likely to go. The likeliest alone would begin with those
 * who left long ago and are worth nothing any more.
 */
export function LikelyPanel({ segmentId, onSegment }: LikelyPanelProps) {
  const t = useWords();
  const f = useFormats();
  const why = useWhy();
  const [sort, setSort] = useState<ChurnSort>(usualSort);
  const query = useInfiniteQuery(churnCustomersQuery(sort, segmentId));
  const money = (value: number | null) => (value === null ? '–' : f.valueShort(value));
  return (
    <Panel
      title={t('churn.likely')}
      hint={t('churn.likelyHint')}
      padding="none"
      extra={
        <>
          <SegmentSelect value={segmentId} onChange={onSegment} />
          <Segmented
            size="small"
            value={sort}
            options={churnSorts.toReversed().map((way) => ({ value: way, label: t(`churn.by.${way}`) }))}
            onChange={setSort}
          />
        </>
      }
    >
      <QueryView
        query={query}
        skeleton={<SkeletonGrid rows={24} columns={5} />}
        empty={(data) => data.pages[0]?.items.length === 0}
        emptyView={<EmptyState picture="chart" title={t('churn.nobody')} text={t('churn.nobodyText')} />}
      >
        {(data) => (
          <div className={list['scroll']}>
            <table className={`${list['table']} ${list['cards']}`} aria-label={t('churn.likely')}>
              <thead>
                <tr>
                  <th scope="col">{t('churn.customer')}</th>
                  <th scope="col">{t('churn.probability')}</th>
                  <th scope="col" data-align="end">
                    {t('churn.value')}
                  </th>
                  <th scope="col" data-align="end">
                    {t('churn.risk')}
                  </th>
                  <th scope="col">{t('churn.why')}</th>
                  <th scope="col">{t('churn.owner')}</th>
                </tr>
              </thead>
              <tbody>
                {data.pages
                  .flatMap((page) => page.items)
                  .map(({ customerId, name, probability, reasons, ownerName, clv }) => (
                    <tr key={customerId}>
                      <th scope="row">
                        <CustomerLink to={`/customers/${customerId}?tab=churn`}>{name}</CustomerLink>
                      </th>
                      <td data-name={t('churn.probability')}>
                        <DataBar value={probability} max={1} tone="risk">
                          {f.percent(probability, 0)}
                        </DataBar>
                      </td>
                      <td data-align="end" data-name={t('churn.value')}>
                        {money(clv)}
                      </td>
                      <td data-align="end" data-name={t('churn.risk')}>
                        {money(clv === null ? null : clv * probability)}
                      </td>
                      <td data-name={t('churn.why')}>{why(reasons)}</td>
                      <td data-name={t('churn.owner')}>{ownerName ?? '–'}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        )}
      </QueryView>
      <MoreRows query={query} />
    </Panel>
  );
}
