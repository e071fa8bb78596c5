import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { cohortsQuery } from '../api/lifecycle.js';
import { WideTable } from '../../../../ui/wide-table.js';
import { useWords } from '../words.js';
import styles from './lifecycle.module.css';

/** Per cent of the accent in a full cell: with more of it, what stands on it in the dark is below the contrast of WCAG AA. */
const strongest = 50;

/** How a cohort lives: who ordered in each quarter after the first order, and for how much. */
export function CohortTriangle({ segmentId }: { segmentId: number | undefined }) {
  const t = useWords();
  const f = useFormats();
  const query = useQuery(cohortsQuery(segmentId));
  const [shows, setShows] = useState<'retention' | 'amount'>('retention');
  return (
    <Panel
      title={t('lifecycle.cohorts')}
      hint={t('lifecycle.cohortsHint')}
      padding="none"
      extra={
        <Segmented<'retention' | 'amount'>
          aria-label={t('lifecycle.shows')}
          value={shows}
          options={[
            { value: 'retention', label: t('lifecycle.retention') },
            { value: 'amount', label: t('lifecycle.amount') },
          ]}
          onChange={setShows}
        />
      }
    >
      <QueryView query={query} skeleton={<SkeletonGrid rows={6} columns={8} />}>
        {({ items, unfinishedUntil }) => {
          const ages = Math.max(0, ...items.map(({ retention }) => retention.length));
          const most = Math.max(1, ...items.flatMap(({ amountMinor }) => amountMinor));
          return (
            <>
              {unfinishedUntil === null || items.length === 0 ? null : (
                <p className={styles['key']}>
                  <span className={styles['unfinished']} aria-hidden />
                  {t('lifecycle.unfinished', { date: f.date(unfinishedUntil) })}
                </p>
              )}
              <WideTable label={t('lifecycle.cohorts')}>
                <table className={styles['triangle']}>
                  <thead>
                    <tr>
                      <th scope="col">{t('lifecycle.firstOrder')}</th>
                      <th scope="col">{t('lifecycle.customers')}</th>
                      {Array.from({ length: ages }, (_, age) => (
                        // oxlint-disable-next-line react/no-array-index-key -- the place is the age
                        <th key={age} scope="col">
                          {t('lifecycle.quarter', { age })}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {items.map(({ cohort, customers, retention, amountMinor }) => (
                      <tr key={cohort}>
                        <th scope="row">{cohort}</th>
                        <td>{f.count(customers)}</td>
                        {retention.map((share, age) => {
                          const strength = shows === 'retention' ? share : (amountMinor[age] ?? 0) / most;
                          const isUnfinished = unfinishedUntil !== null && age === retention.length - 1;
                          return (
                            <td
                              // oxlint-disable-next-line react/no-array-index-key -- the place is the age
                              key={age}
                              className={isUnfinished ? styles['unfinished'] : undefined}
                              title={
                                isUnfinished
                                  ? t('lifecycle.unfinished', { date: f.date(unfinishedUntil) })
                                  : undefined
                              }
                              style={{
                                backgroundColor: `color-mix(in srgb, var(--kz-accent) ${Math.round(strongest * Math.max(0, strength))}%, transparent)`,
                              }}
                            >
                              {shows === 'retention'
                                ? f.percent(share, 0)
                                : f.moneyShort(amountMinor[age] ?? 0)}
                            </td>
                          );
                        })}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </WideTable>
            </>
          );
        }}
      </QueryView>
    </Panel>
  );
}
