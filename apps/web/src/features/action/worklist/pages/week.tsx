import type { TaskRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { useEvents } from '../../../../lib/events.js';
import { dayOf } from '../../../../lib/format-date.js';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink, useSearch } from '../../../../lib/navigate.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { tasksQuery } from '../api/worklist.js';
import styles from '../components/worklist.module.css';
import { daysLater, mondayOf } from '../days.js';
import { useWords } from '../words.js';

const search = z.object({ from: z.iso.date().optional().catch(undefined) });
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The tasks of a week, day by day; what is done stays in sight. */
export default function Week() {
  const t = useWords();
  const f = useFormats();
  const [today] = useState(() => dayOf(new Date().toISOString(), f.timeZone));
  const [{ from }, setSearch] = useSearch(search);
  const monday = mondayOf(from ?? today);
  const query = useQuery(tasksQuery(monday, daysLater(monday, 6), 'mine'));
  useEvents(['task.changed'], () => void query.refetch());
  const go = (days: number) => setSearch({ from: daysLater(monday, days) });
  return (
    <Page
      title={t('worklist.week')}
      subtitle={`${f.date(monday)} – ${f.date(daysLater(monday, 6))}`}
      actions={
        <>
          <Button onClick={() => go(-7)}>{t('worklist.before')}</Button>
          <Button onClick={() => setSearch({ from: undefined })}>{t('worklist.thisWeek')}</Button>
          <Button onClick={() => go(7)}>{t('worklist.after')}</Button>
        </>
      }
    >
      <Panel padding="none">
        <QueryView query={query} skeleton={<SkeletonGrid rows={4} columns={7} />}>
          {({ items }) => (
            <div className={styles['week']}>
              {weekdays.map((weekday, place) => {
                const day = daysLater(monday, place);
                return (
                  <section key={day} className={styles['day']} data-today={day === today}>
                    <h3>{t(`worklist.${weekday}`, { day: f.date(day) })}</h3>
                    <ul>
                      {items
                        .filter(({ dueOn }) => dueOn === day)
                        .map((task) => (
                          <DayTask key={task.taskId} task={task} />
                        ))}
                    </ul>
                  </section>
                );
              })}
            </div>
          )}
        </QueryView>
      </Panel>
    </Page>
  );
}

function DayTask({ task }: { task: TaskRow }) {
  return (
    <li className={styles['task']} data-done={task.status === 'done'}>
      {task.title}
      {task.customerId === null ? null : (
        <>
          {' · '}
          <AppLink to={`/customers/${task.customerId}`}>{task.customerName ?? '–'}</AppLink>
        </>
      )}
    </li>
  );
}
