import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import list from '../../../../ui/list-table.module.css';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { worstQuery, type WorstBy } from '../api/quality.js';
import { useWords } from '../words.js';

const ways = ['freshness', 'completeness'] as const;

/** Customers to call or to complete first. */
export function WorstTable() {
  const t = useWords();
  const f = useFormats();
  const [by, setBy] = useState<WorstBy>('freshness');
  const query = useQuery(worstQuery(by));
  const heads = ['customer', 'owner', 'completeness', 'touchedOn', 'missing'] as const;
  return (
    <Panel
      padding="none"
      title={t('quality.worst')}
      extra={
        <Segmented
          size="small"
          value={by}
          options={ways.map((way) => ({ value: way, label: t(`quality.by.${way}`) }))}
          onChange={setBy}
        />
      }
    >
      <QueryView query={query}>
        {({ items }) => (
          <div className={list['scroll']}>
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
                      <AppLink to={`/customers/${item.customerId}`}>{item.name}</AppLink>
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
