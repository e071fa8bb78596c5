import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { useEvents } from '../../../../lib/events.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink, useSearch } from '../../../../lib/navigate.js';
import { DataBar } from '../../../../ui/data-bar.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { teamQuery } from '../api/worklist.js';
import { AppraisalPanel } from '../components/appraisal-panel.js';
import styles from '../components/worklist.module.css';
import { useWords } from '../words.js';

const search = z.object({ segmentId: z.coerce.number().int().positive().optional().catch(undefined) });

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchQuery(teamQuery());
}

/** Who has how much on their hands, and what is at risk there. */
export default function Team() {
  const t = useWords();
  const f = useFormats();
  const [{ segmentId }, setSearch] = useSearch(search);
  const query = useQuery(teamQuery(segmentId));
  useEvents(['warning.changed', 'task.changed'], () => void query.refetch());
  return (
    <Page
      title={t('worklist.team')}
      subtitle={t('worklist.teamHint')}
      actions={<SegmentSelect value={segmentId} onChange={(value) => setSearch({ segmentId: value })} />}
    >
      <div className={styles['stack']}>
        <Panel padding="none">
          <QueryView
            query={query}
            skeleton={<SkeletonGrid rows={6} columns={6} />}
            empty={({ items }) => items.length === 0}
            emptyView={<EmptyState title={t('worklist.none')} text={t('worklist.noneText')} />}
          >
            {({ items }) => {
              const most = Math.max(...items.map(({ valueAtRisk }) => valueAtRisk));
              return (
                <div className={styles['scroll']}>
                  <table className={styles['table']}>
                    <thead>
                      <tr>
                        <th scope="col">{t('worklist.person')}</th>
                        <th scope="col">{t('worklist.atRisk')}</th>
                        <th scope="col">{t('worklist.warnings')}</th>
                        <th scope="col">{t('worklist.tasks')}</th>
                        <th scope="col">{t('worklist.overdue')}</th>
                        <th scope="col">{t('worklist.hours')}</th>
                        <th scope="col">{t('worklist.closed')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {items.map((row) => (
                        <tr key={row.userId ?? 0}>
                          <td>
                            {row.userId === null ? (
                              t('worklist.nobody')
                            ) : (
                              <AppLink to={`/today?userId=${row.userId}`}>{row.name ?? '–'}</AppLink>
                            )}
                          </td>
                          <td>
                            <DataBar value={row.valueAtRisk} max={most} tone="risk">
                              {f.moneyShort(f.minorOf(row.valueAtRisk), undefined, { sign: true })}
                            </DataBar>
                          </td>
                          <td>{f.count(row.warnings)}</td>
                          <td>{f.count(row.tasks)}</td>
                          <td className={row.overdue > 0 ? styles['late'] : ''}>{f.count(row.overdue)}</td>
                          <td>{f.decimal(row.minutes / 60, 1)}</td>
                          <td>{f.count(row.closed)}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              );
            }}
          </QueryView>
        </Panel>
        <AppraisalPanel segmentId={segmentId} />
      </div>
    </Page>
  );
}
