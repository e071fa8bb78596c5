import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Segmented } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { useEvents } from '../../../../lib/events.js';
import { dayOf } from '../../../../lib/format-date.js';
import { useFormats } from '../../../../lib/formats.js';
import { useSearch } from '../../../../lib/navigate.js';
import { useMaybeSession } from '../../../../lib/session.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { tasksQuery } from '../api/worklist.js';
import { CalendarDay } from '../components/calendar-day.js';
import { usualWhose, WhoseSwitch } from '../components/whose-switch.js';
import styles from '../components/worklist.module.css';
import { calendarDays, daysLater, monthsLater, type CalendarView } from '../days.js';
import { useWords } from '../words.js';

const search = z.object({
  from: z.iso.date().optional().catch(undefined),
  view: z.enum(['week', 'month']).optional().catch(undefined),
  whose: z.enum(['mine', 'team']).optional().catch(undefined),
  segmentId: z.coerce.number().int().positive().optional().catch(undefined),
  cancelled: z.stringbool().or(z.boolean()).optional().catch(undefined),
});
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

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
          {({ items, warnings, more }) => (
            <div className={`${styles['week']} ${isMonth ? styles['month'] : ''}`}>
              {days.map((day, place) => (
                <CalendarDay
                  key={day}
                  day={day}
                  name={t(`worklist.${weekdays[place % 7]!}`, {
                    day: isMonth ? f.count(Number(day.slice(8))) : f.date(day),
                  })}
                  whose={whose}
                  tasks={items.filter(({ dueOn }) => dueOn === day)}
                  warnings={warnings.filter((one) => (one.snoozedUntil ?? one.dueOn) === day)}
                  more={more.find((one) => one.day === day)}
                  today={today}
                  isOutside={isMonth && day.slice(0, 7) !== shown.slice(0, 7)}
                  isMonth={isMonth}
                />
              ))}
            </div>
          )}
        </QueryView>
      </Panel>
    </Page>
  );
}
