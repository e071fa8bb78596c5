import { warningsByCustomer, type TaskList, type TaskRow, type WarningRow } from '@kezi/contract';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { Icon } from '../../../../ui/icon.js';
import { useTaskWords } from '../use-task-words.js';
import { useWarningWords } from '../use-warning-words.js';
import { useWords } from '../words.js';
import styles from './worklist.module.css';

/** More would make a month's rows uneven; the rest is a click away. */
const mostInMonth = 4;
/** After a storm a day has hundreds; the list of what to do first has them in order. */
const mostInWeek = 40;

/** A line a customer, the most valuable first. */
type Warned = readonly [WarningRow, ...WarningRow[]];

interface CalendarDayProps {
  day: string;
  name: string;
  whose: 'mine' | 'team';
  tasks: readonly TaskRow[];
  warnings: readonly WarningRow[];
  /** What the day has besides, which is not listed. */
  more?: TaskList['more'][number] | undefined;
  today: string;
  isMonth: boolean;
  /** Of the month before or after. */
  isOutside: boolean;
}

/**
 * A day of the calendar. What somebody planned comes first. Warnings that would push tasks out of sight stand in one line,
 * which opens.
 */
export function CalendarDay({
  day,
  name,
  whose,
  tasks,
  warnings,
  more,
  today,
  isMonth,
  isOutside,
}: CalendarDayProps) {
  const t = useWords();
  const most = isMonth ? mostInMonth : mostInWeek;
  const isLate = day < today;
  const warned = warningsByCustomer(warnings);
  const planned = tasks.filter(({ made }) => made === null);
  const made = tasks.filter((task) => task.made !== null);
  const unlisted = more?.customers ?? 0;
  const isSummed = warned.length + unlisted > 1 && warned.length + tasks.length > most;
  const warnedLines = isSummed ? 1 : warned.length;
  const madeShown = made.slice(0, Math.max(0, most - warnedLines - planned.slice(0, most).length));
  const hidden = Math.max(0, planned.length - most) + made.length - madeShown.length + (more?.tasks ?? 0);
  const line = (task: TaskRow) => (
    <DayTask key={task.taskId} task={task} isLate={task.status === 'open' && isLate} />
  );
  return (
    <section
      className={styles['day']}
      data-today={day === today}
      data-outside={isOutside}
      data-empty={warned.length + tasks.length === 0}
    >
      <h3>{name}</h3>
      <ul>
        {planned.slice(0, most).map(line)}
        {isSummed ? (
          <SummedWarnings
            warned={warned}
            unlisted={unlisted}
            value={more?.valueAtRisk ?? 0}
            isLate={isLate}
          />
        ) : (
          warned.map((one) => <DayWarning key={one[0].warningId} warnings={one} isLate={isLate} />)
        )}
        {madeShown.map(line)}
      </ul>
      {hidden > 0 ? (
        <AppLink to={isMonth ? `/today/week?from=${day}&whose=${whose}` : `/today?whose=${whose}`}>
          {t('worklist.moreTasks', { count: hidden })}
        </AppLink>
      ) : null}
    </section>
  );
}

interface SummedWarningsProps {
  warned: readonly Warned[];
  /** Customers of the day who are not listed, and what is at risk with them. */
  unlisted: number;
  value: number;
  isLate: boolean;
}

/** The warnings of a day in one line that opens into them. */
function SummedWarnings({ warned, unlisted, value: unlistedValue, isLate }: SummedWarningsProps) {
  const t = useWords();
  const f = useFormats();
  const [isOpen, setOpen] = useState(false);
  const value = warned.flat().reduce((sum, one) => sum + one.valueAtRisk, unlistedValue);
  return (
    <>
      <li className={styles['task']} data-warned>
        <button
          type="button"
          className={styles['summed']}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="warning" size={14} />{' '}
          <span className={isLate ? styles['late'] : ''}>
            {t('worklist.dayWarnings', {
              count: warned.length + unlisted,
              value: f.valueShort(value),
            })}
          </span>
        </button>
      </li>
      {isOpen
        ? warned.map((one) => <DayWarning key={one[0].warningId} warnings={one} isLate={isLate} />)
        : null}
      {isOpen && unlisted > 0 ? (
        <li className={styles['task']}>
          <AppLink to="/action/warnings">{t('worklist.moreTasks', { count: unlisted })}</AppLink>
        </li>
      ) : null}
    </>
  );
}

interface DayWarningProps {
  warnings: readonly [WarningRow, ...WarningRow[]];
  isLate: boolean;
}

function DayWarning({ warnings, isLate }: DayWarningProps) {
  const f = useFormats();
  const words = useWarningWords();
  const [first] = warnings;
  const value = f.valueShort(first.valueAtRisk);
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
