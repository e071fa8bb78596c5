import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { z } from 'zod';
import { useEvents } from '../../../../lib/events.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { useSearch } from '../../../../lib/navigate.js';
import { sessionQuery, useCan, useMaybeSession } from '../../../../lib/session.js';
import { Metric, MetricRow } from '../../../../ui/metric.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonGrid, SkeletonMetrics } from '../../../../ui/skeleton.js';
import { orStaleNote } from '../../../../ui/stale-note.js';
import { worklistQuery } from '../api/worklist.js';
import { FinishHost } from '../components/finish-host.js';
import { NothingToDo } from '../components/nothing-to-do.js';
import { usualWhose, WhoseSwitch } from '../components/whose-switch.js';
import styles from '../components/worklist.module.css';
import { WorklistLine } from '../components/worklist-item.js';
import { useWords } from '../words.js';

const TaskDialog = lazy(() => orStaleNote(() => import('../components/task-dialog.js')));

const search = z.object({
  whose: z.enum(['mine', 'team']).optional().catch(undefined),
  userId: z.coerce.number().int().positive().optional().catch(undefined),
  segmentId: z.coerce.number().int().positive().optional().catch(undefined),
});

export function prefetch({ client, search: given }: PrefetchInput) {
  const { whose, userId, segmentId } = search.parse(given);
  const session = client.getQueryData(sessionQuery.queryKey) ?? null;
  return client.prefetchQuery(worklistQuery(whose ?? usualWhose(session), userId, segmentId));
}

/** Where the day begins: what to do first, and why. */
export default function Today() {
  const t = useWords();
  const f = useFormats();
  const canWrite = useCan('tasks:write');
  const [{ whose: wanted, userId, segmentId }, setSearch] = useSearch(search);
  const session = useMaybeSession();
  const whose = wanted ?? usualWhose(session);
  const [isAdding, setAdding] = useState(false);
  const query = useQuery(worklistQuery(whose, userId, segmentId));
  useEvents(['warning.changed', 'task.changed'], () => void query.refetch());
  const isOthers = whose === 'team' || userId !== undefined;
  return (
    <Page
      title={t('worklist.title')}
      subtitle={query.data ? f.date(query.data.today) : undefined}
      actions={
        <>
          <SegmentSelect value={segmentId} onChange={(value) => setSearch({ segmentId: value })} />
          <WhoseSwitch whose={whose} onChange={(value) => setSearch({ whose: value, userId: undefined })} />
          {canWrite ? <Button onClick={() => setAdding(true)}>{t('worklist.add')}</Button> : null}
        </>
      }
    >
      <FinishHost>
        <div className={styles['stack']}>
          <QueryView
            query={query}
            skeleton={
              <>
                <SkeletonMetrics n={4} />
                <SkeletonGrid rows={6} columns={3} />
              </>
            }
          >
            {({ items, total, today }) => (
              <>
                <div className={styles['metrics']}>
                  <MetricRow>
                    <Metric label={t('worklist.open')} value={f.count(total.count)} />
                    <Metric label={t('worklist.overdue')} value={f.count(total.overdue)} />
                    <Metric label={t('worklist.dueToday')} value={f.count(total.dueToday)} />
                    <Metric label={t('worklist.hours')} value={f.decimal(total.minutes / 60, 1)} />
                    <Metric
                      label={t('worklist.value')}
                      value={f.valueShort(total.value)}
                      title={f.money(f.minorOf(total.value))}
                    />
                  </MetricRow>
                </div>
                <Panel title={t('worklist.first')} hint={t('worklist.order')} padding="none">
                  {items.length === 0 ? (
                    <NothingToDo />
                  ) : (
                    <ol className={styles['list']}>
                      {items.map((item) => (
                        <WorklistLine
                          key={`${item.source} ${item.task?.taskId ?? item.warning?.warningId}`}
                          item={item}
                          today={today}
                          withName={isOthers}
                        />
                      ))}
                    </ol>
                  )}
                  {total.count > items.length ? (
                    <p className={styles['more']}>
                      {t('worklist.shown', { shown: f.count(items.length), all: f.count(total.count) })}
                    </p>
                  ) : null}
                </Panel>
                <Suspense>
                  {isAdding ? <TaskDialog dueOn={today} onClose={() => setAdding(false)} /> : null}
                </Suspense>
              </>
            )}
          </QueryView>
        </div>
      </FinishHost>
    </Page>
  );
}
