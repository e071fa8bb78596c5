import type { TaskRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEvents } from '../../../../lib/events.js';
import { useFormats } from '../../../../lib/formats.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { useToday } from '../../../../ui/use-today.js';
import { tasksQuery, useReopenTask } from '../api/worklist.js';
import { canReopen } from '../can-reopen.js';
import { daysLater } from '../days.js';
import { useTaskWords } from '../use-task-words.js';
import { useWords } from '../words.js';
import { LaterMenu } from './later-menu.js';
import styles from './worklist.module.css';

const around = 365;

/** What is to be done about a customer, and what became of what was: those that are open first, then the latest. */
export function CustomerTasks({ customerId }: { customerId: number }) {
  const t = useWords();
  const today = useToday();
  const query = useQuery(
    tasksQuery({
      from: daysLater(today, -around),
      to: daysLater(today, around),
      customerId,
      cancelled: true,
    }),
  );
  useEvents(['task.changed'], () => void query.refetch());
  return (
    <Panel title={t('worklist.ofCustomer')} hint={t('worklist.ofCustomerHint')} padding="none">
      <QueryView
        query={query}
        skeleton={<SkeletonGrid rows={2} columns={2} />}
        empty={({ items }) => items.length === 0}
        emptyView={<EmptyState title={t('worklist.noneOfCustomer')} />}
      >
        {({ items }) => (
          <ul className={styles['list']}>
            {[
              ...items.filter(({ status }) => status === 'open'),
              ...items.filter(({ status }) => status !== 'open').toReversed(),
            ].map((task) => (
              <Line key={task.taskId} task={task} today={today} />
            ))}
          </ul>
        )}
      </QueryView>
    </Panel>
  );
}

function Line({ task, today }: { task: TaskRow; today: string }) {
  const t = useWords();
  const f = useFormats();
  const words = useTaskWords();
  const isLate = task.status === 'open' && task.dueOn < today;
  return (
    <li className={styles['item']}>
      <div className={styles['main']}>
        <div className={styles['who']}>
          <span className={task.cancelled ? styles['off'] : ''}>{words(task)}</span>
          {task.status === 'open' ? null : <Tag>{t(`worklist.status.${task.status}`)}</Tag>}
        </div>
        <p className={isLate ? styles['late'] : styles['soft']}>
          {[t('worklist.by', { day: f.date(task.dueOn) }), task.assigneeName].filter(Boolean).join(' · ')}
        </p>
        {task.cancelled ? <p className={styles['soft']}>{words.reason(task.cancelled)}</p> : null}
      </div>
      {task.status === 'open' ? (
        <div className={styles['buttons']}>
          <LaterMenu {...{ task, warning: null, today }} withOthers={false} />
        </div>
      ) : (
        <Reopen task={task} />
      )}
    </li>
  );
}

function Reopen({ task }: { task: TaskRow }) {
  const t = useWords();
  const toast = useToast();
  const reopen = useReopenTask();
  if (!useCan('tasks:write') || !canReopen(task)) return null;
  return (
    <div className={styles['buttons']}>
      <Button
        loading={reopen.isPending}
        onClick={() =>
          reopen.mutate(task, {
            onSuccess: () => toast.done(t('worklist.reopened')),
            onError: (error) => toast.failed(error),
          })
        }
      >
        {t('alerts.reopen')}
      </Button>
    </div>
  );
}
