import { CustomerLink } from '../../../../ui/customer-link.js';
import type { QualityOverview } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useEffect, useRef } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useSearch } from '../../../../lib/navigate.js';
import list from '../../../../ui/list-table.module.css';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { worstQuery } from '../api/quality.js';
import { qualitySearch, worstWays } from '../quality-search.js';
import { useWords } from '../words.js';

/** Customers to call or to complete first: of everybody, or of the owner whose figure was clicked. */
export function WorstTable({ owners }: Pick<QualityOverview, 'owners'>) {
  const t = useWords();
  const f = useFormats();
  const [{ by, owner }, setSearch] = useSearch(qualitySearch);
  const query = useQuery(worstQuery({ by, ownerId: owner }));
  const chosen = owners.find(({ ownerId }) => ownerId === owner);
  const table = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (owner !== undefined) table.current?.scrollIntoView({ block: 'nearest' });
  }, [owner]);
  const heads = ['customer', 'owner', 'completeness', 'touchedOn', 'missing'] as const;
  return (
    <Panel
      padding="none"
      title={chosen ? t('quality.worstOf', { owner: chosen.ownerName ?? '' }) : t('quality.worst')}
      extra={
        <>
          {owner === undefined ? null : (
            <Button size="small" onClick={() => setSearch({ owner: undefined })}>
              {t('quality.everybody')}
            </Button>
          )}
          <Segmented
            size="small"
            value={by}
            options={worstWays.map((way) => ({ value: way, label: t(`quality.by.${way}`) }))}
            onChange={(way) => setSearch({ by: way }, { replace: true })}
          />
        </>
      }
    >
      <QueryView query={query} skeleton={<SkeletonGrid rows={20} columns={heads.length} />}>
        {({ items }) => (
          <div ref={table} className={list['scroll']}>
            <table className={`${list['table']} ${list['cards']}`} aria-label={t('quality.worst')}>
              <thead>
                <tr>
                  {heads.map((head) => (
                    <th key={head} scope="col" data-align={head === 'completeness' ? 'end' : undefined}>
                      {t(`quality.${head}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={item.customerId}>
                    <td>
                      <CustomerLink to={`/customers/${item.customerId}`}>{item.name}</CustomerLink>
                    </td>
                    <td data-name={t('quality.owner')}>{item.ownerName ?? t('quality.nobody')}</td>
                    <td data-name={t('quality.completeness')} data-align="end">
                      {f.percent(item.completeness / 100, 0)}
                    </td>
                    <td data-name={t('quality.touchedOn')}>{f.date(item.touchedOn)}</td>
                    <td data-name={t('quality.missing')}>
                      {item.missing.map((field) => t(`quality.field.${field}`)).join(' · ')}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </QueryView>
    </Panel>
  );
}
