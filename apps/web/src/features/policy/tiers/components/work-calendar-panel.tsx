import { areSpansInOrder, withDays, type WorkCalendar } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { Panel } from '../../../../ui/panel.js';
import { useToast } from '../../../../ui/toast.js';
import { calendarQuery, useSaveCalendar } from '../api/clocks.js';
import { useWords } from '../words.js';
import { TakeDays } from './take-days.js';
import styles from './tiers.module.css';
import { WorkSpans } from './work-spans.js';

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;

const daysIn = (text: string): string[] => text.split(/[\s,，;；、]+/).filter((day) => day !== '');
const isDay = (day: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00:00Z`));

/** The hours within which promised hours are counted, and the days that are other than their weekday. */
export function WorkCalendarPanel({ mayWrite }: { mayWrite: boolean }) {
  const t = useWords();
  const calendar = useQuery(calendarQuery).data;
  if (!calendar) return null;
  return (
    <Panel title={t('tiers.workHours')} hint={t('tiers.workHoursHint')}>
      <CalendarForm key={calendar.rowVersion} calendar={calendar} mayWrite={mayWrite} />
    </Panel>
  );
}

function CalendarForm({ calendar, mayWrite }: { calendar: WorkCalendar; mayWrite: boolean }) {
  const t = useWords();
  const toast = useToast();
  const save = useSaveCalendar();
  const [draft, setDraft] = useState(calendar);
  const [closed, setClosed] = useState(calendar.closedDays.join(' '));
  const [open, setOpen] = useState(calendar.openDays.join(' '));
  const wrong = [...daysIn(closed), ...daysIn(open)].filter((day) => !isDay(day));
  const { spans } = draft;
  const areHours =
    spans.every(({ from, until }) => timeOfDay.test(from) && timeOfDay.test(until)) && areSpansInOrder(spans);
  const keep = () =>
    save.mutate(
      { ...draft, closedDays: daysIn(closed), openDays: daysIn(open) },
      {
        onSuccess: () => toast.done(t('tiers.hoursSaved')),
        onError: (error) => toast.failed(error),
      },
    );
  const days = (label: 'tiers.closedDays' | 'tiers.openDays', value: string, set: (text: string) => void) => (
    <label className={styles['days']}>
      {t(label)}
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 6 }}
        value={value}
        placeholder={t('tiers.daysHint')}
        disabled={!mayWrite}
        onChange={({ target }) => set(target.value)}
      />
    </label>
  );
  return (
    <div className={styles['stack']}>
      <div className={styles['row']}>
        <Checkbox.Group
          aria-label={t('tiers.weekdays')}
          value={draft.weekdays}
          disabled={!mayWrite}
          options={weekdays.map((value) => ({ value, label: t(`tiers.weekday.${value}`) }))}
          onChange={(value) => setDraft({ ...draft, weekdays: value })}
        />
      </div>
      <WorkSpans spans={spans} mayWrite={mayWrite} onChange={(each) => setDraft({ ...draft, spans: each })} />
      {areHours ? null : <p className={styles['warn']}>{t('tiers.spansWrong')}</p>}
      {mayWrite ? (
        <TakeDays
          onTake={(more) => {
            const days = withDays({ closedDays: daysIn(closed), openDays: daysIn(open) }, more);
            setClosed(days.closedDays.join(' '));
            setOpen(days.openDays.join(' '));
          }}
        />
      ) : null}
      {days('tiers.closedDays', closed, setClosed)}
      {days('tiers.openDays', open, setOpen)}
      {wrong.length > 0 ? (
        <p className={styles['warn']}>{t('tiers.daysWrong', { days: wrong.join(' ') })}</p>
      ) : null}
      {mayWrite ? (
        <Button
          className={styles['start'] ?? ''}
          loading={save.isPending}
          disabled={wrong.length > 0 || !areHours || draft.weekdays.length === 0}
          onClick={keep}
        >
          {t('tiers.saveHours')}
        </Button>
      ) : null}
    </div>
  );
}
