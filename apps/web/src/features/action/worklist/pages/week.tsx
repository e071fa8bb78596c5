import type { TaskRow, WarningRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Segmented } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { useEvents } from '../../../../lib/events.js';
import { dayOf } from '../../../../lib/format-date.js';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink, useSearch } from '../../../../lib/navigate.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { useMaybeSession } from '../../../../lib/session.js';
import { Icon } from '../../../../ui/icon.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { tasksQuery } from '../api/worklist.js';
import { usualWhose, WhoseSwitch } from '../components/whose-switch.js';
import styles from '../components/worklist.module.css';
import { calendarDays, daysLater, monthsLater, type CalendarView } from '../days.js';
import { useTaskWords } from '../use-task-words.js';
import { useWarningWords } from '../use-warning-words.js';
import { useWords } from '../words.js';

const search = z.object({
  from: z.iso.date().optional().catch(undefined),
  view: z.enum(['week', 'month']).optional().catch(undefined),
  whose: z.enum(['mine', 'team']).optional().catch(undefined),
  segmentId: z.coerce.number().int().positive().optional().catch(undefined),
  cancelled: z.stringbool().or(z.boolean()).optional().catch(undefined),
});
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** More would make a month's rows uneven; the rest is a click away. */
const mostInMonth = 4;
/** After a storm a day has hundreds; the list of what to do first has them in order. */
const mostInWeek = 40;

/** The tasks of a week or a month and the warnings due, day by day; what is done stays in sight. */
export default function Week() {
  const t = useWords();
  const f = useFormats();
  const [today] = useState(() => dayOf(new Date().toISOString(), f.timeZone));
  const [{ from, view = 'week', whose: wanted, segmentId, cancelled = false }, setSearch] = useSearch(search);
  const session = useMaybeSession();
  const whose = wanted ?? usualWhose(session);
  const shown = from ?? today;
  const days = calendarDays(shown, view);
  const first = days[0] ?? shown;
  const last = days.at(-1) ?? shown;
  const query = useQuery(tasksQuery({ from: first, to: last, whose, segmentId, cancelled, warnings: true }));
  useEvents(['task.changed', 'warning.changed'], () => void query.refetch());
  const isMonth = view === 'month';
  const go = (by: number) =>
    setSearch({ view, whose: wanted, from: isMonth ? monthsLater(shown, by) : daysLater(first, 7 * by) });
  return (
    <Page
      title={t('worklist.week')}
      subtitle={isMonth ? f.month(shown) : `${f.date(first)} – ${f.date(last)}`}
      actions={
        <>
          <SegmentSelect value={segmentId} onChange={(value) => setSearch({ segmentId: value })} />
          <Checkbox
            checked={cancelled}
            onChange={(event) => setSearch({ cancelled: event.target.checked || undefined })}
          >
            {t('worklist.withCancelled')}
          </Checkbox>
          <WhoseSwitch whose={whose} onChange={(value) => setSearch({ from, view, whose: value })} />
          <Segmented<CalendarView>
            aria-label={t('worklist.view')}
            value={view}
            options={[
              { value: 'week', label: t('worklist.weekView') },
              { value: 'month', label: t('worklist.month') },
            ]}
            onChange={(value) => setSearch({ from, whose: wanted, view: value })}
          />
          <Button onClick={() => go(-1)}>{t(isMonth ? 'worklist.beforeMonth' : 'worklist.before')}</Button>
          <Button onClick={() => setSearch({ from: undefined, whose: wanted, view })}>
            {t(isMonth ? 'worklist.thisMonth' : 'worklist.thisWeek')}
          </Button>
          <Button onClick={() => go(1)}>{t(isMonth ? 'worklist.afterMonth' : 'worklist.after')}</Button>
        </>
      }
    >
      <Panel padding="none">
        <QueryView query={query} skeleton={<SkeletonGrid rows={4} columns={7} />}>
          {({ items, warnings }) => (
            <div className={`${styles['week']} ${isMonth ? styles['month'] : ''}`}>
              {days.map((day, place) => (
                <Day
                  key={day}
                  day={day}
                  name={t(`worklist.${weekdays[place % 7]!}`, {
                    day: isMonth ? f.count(Number(day.slice(8))) : f.date(day),
                  })}
                  whose={whose}
                  tasks={items.filter(({ dueOn }) => dueOn === day)}
                  warned={byCustomer(warnings.filter((one) => (one.snoozedUntil ?? one.dueOn) === day))}
                  today={today}
                  isOutside={isMonth && day.slice(0, 7) !== shown.slice(0, 7)}
                  most={isMonth ? mostInMonth : mostInWeek}
                />
              ))}
            </div>
          )}
        </QueryView>
      </Panel>
    </Page>
  );
}

interface DayProps {
  day: string;
  name: string;
  whose: 'mine' | 'team';
  tasks: readonly TaskRow[];
  /** A line a customer. */
  warned: readonly (readonly [WarningRow, ...WarningRow[]])[];
  today: string;
  /** Of the month before or after. */
  isOutside: boolean;
  most: number;
}

function Day({ day, name, whose, tasks, warned, today, isOutside, most }: DayProps) {
  const t = useWords();
  const all = warned.length + tasks.length;
  return (
    <section
      className={styles['day']}
      data-today={day === today}
      data-outside={isOutside}
      data-empty={all === 0}
    >
      <h3>{name}</h3>
      <ul>
        {warned.slice(0, most).map((warnings) => (
          <DayWarning key={warnings[0].warningId} warnings={warnings} isLate={day < today} />
        ))}
        {tasks.slice(0, Math.max(0, most - warned.length)).map((task) => (
          <DayTask key={task.taskId} task={task} isLate={task.status === 'open' && day < today} />
        ))}
      </ul>
      {all > most ? (
        <AppLink
          to={most === mostInWeek ? `/today?whose=${whose}` : `/today/week?from=${day}&whose=${whose}`}
        >
          {t('worklist.moreTasks', { count: all - most })}
        </AppLink>
      ) : null}
    </section>
  );
}

/** A customer stands on a day once, with the most valuable of its warnings first: one talk answers them all. */
function byCustomer(warnings: readonly WarningRow[]): [WarningRow, ...WarningRow[]][] {
  const lines = new Map<number, [WarningRow, ...WarningRow[]]>();
  for (const warning of warnings) {
    const line = lines.get(warning.customerId);
    if (line) line.push(warning);
    else lines.set(warning.customerId, [warning]);
  }
  return [...lines.values()];
}

interface DayWarningProps {
  warnings: readonly [WarningRow, ...WarningRow[]];
  isLate: boolean;
}

function DayWarning({ warnings, isLate }: DayWarningProps) {
  const f = useFormats();
  const words = useWarningWords();
  const [first] = warnings;
  const value = f.moneyShort(f.minorOf(first.valueAtRisk), undefined, { sign: true });
  return (
    <li
      className={styles['task']}
      data-warned
      title={warnings.map((one) => `${words.name(one)} · ${words.reason(one)}`).join('\n')}
    >
      <CustomerLink className={styles['of']} to={`/customers/${first.customerId}`} title={first.customerName}>
        {first.customerName}
      </CustomerLink>
      <Icon name="warning" size={14} />{' '}
      <span className={isLate ? styles['late'] : ''}>
        {[...warnings.map((one) => words.name(one)), value].join(' · ')}
      </span>
    </li>
  );
}

function DayTask({ task, isLate }: { task: TaskRow; isLate: boolean }) {
  const words = useTaskWords();
  return (
    <li className={styles['task']} data-done={task.status === 'done'}>
      {task.customerId === null ? null : (
        <CustomerLink
          className={styles['of']}
          to={`/customers/${task.customerId}`}
          title={task.customerName ?? undefined}
        >
          {task.customerName ?? '–'}
        </CustomerLink>
      )}
      <span className={task.cancelled ? styles['off'] : isLate ? styles['late'] : ''}>{words(task)}</span>
      {task.cancelled ? <small className={styles['soft']}>{words.reason(task.cancelled)}</small> : null}
    </li>
  );
}
