import type { TeamLoad } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { useEvents } from '../../../../lib/events.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink, useSearch } from '../../../../lib/navigate.js';
import { DataBar } from '../../../../ui/data-bar.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import list from '../../../../ui/list-table.module.css';
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

const heads = ['person', 'atRisk', 'warnings', 'tasks', 'overdue', 'hours', 'closed'] as const;

/** Who has how much on their hands, and what is at risk there. */
export default function Team() {
  const t = useWords();
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
                <div className={list['scroll']}>
                  <table className={`${list['table']} ${list['cards']}`} aria-label={t('worklist.team')}>
                    <thead>
                      <tr>
                        {heads.map((head) => (
                          <th key={head} scope="col" data-align={head === 'person' ? undefined : 'end'}>
                            {t(`worklist.${head}`)}
                          </th>
                        ))}
                      </tr>
                    </thead>
                    <tbody>
                      {items.map((row) => (
                        <Person key={row.userId ?? 0} row={row} most={most} />
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

function Person({ row, most }: { row: TeamLoad['items'][number]; most: number }) {
  const t = useWords();
  const f = useFormats();
  const figure = (name: (typeof heads)[number], value: string, isLate = false) => (
    <td data-align="end" data-name={t(`worklist.${name}`)} data-late={isLate}>
      {value}
    </td>
  );
  return (
    <tr>
      <td>
        {row.userId === null ? (
          t('worklist.nobody')
        ) : (
          <AppLink to={`/today?userId=${row.userId}`}>{row.name ?? '–'}</AppLink>
        )}
      </td>
      <td data-align="end" data-name={t('worklist.atRisk')}>
        <DataBar value={row.valueAtRisk} max={most} tone="risk">
          {f.valueShort(row.valueAtRisk)}
        </DataBar>
      </td>
      {figure('warnings', f.count(row.warnings))}
      {figure('tasks', f.count(row.tasks))}
      {figure('overdue', f.count(row.overdue), row.overdue > 0)}
      {figure('hours', f.decimal(row.minutes / 60, 1))}
      {figure('closed', f.count(row.closed))}
    </tr>
  );
}
