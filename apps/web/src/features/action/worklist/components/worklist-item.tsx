import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { Icon } from '../../../../ui/icon.js';
import { MenuButton } from '../../../../ui/menu-button.js';
import { orStaleNote } from '../../../../ui/stale-note.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { useChangeTask, useFalseAlarm, useSnoozeWarning, type WorklistItem } from '../api/worklist.js';
import { daysLater, mondayOf, nextWorkday } from '../days.js';
import { useTaskWords } from '../use-task-words.js';
import { useWarningWords } from '../use-warning-words.js';
import { useWords } from '../words.js';
import styles from './worklist.module.css';

const FinishDialog = lazy(() => orStaleNote(() => import('./finish-dialog.js')));
const TaskDialog = lazy(() => orStaleNote(() => import('./task-dialog.js')));

interface ItemProps {
  item: WorklistItem;
  today: string;
  /** Whose it is, where the list is not one's own. */
  withName: boolean;
}

/** A line of the worklist: who, why, how much, by when; and the buttons that end it. */
export function WorklistLine({ item, today, withName }: ItemProps) {
  const t = useWords();
  const f = useFormats();
  const words = useWarningWords();
  const taskWords = useTaskWords();
  const [open, setOpen] = useState<'finish' | 'plan' | null>(null);
  const { task, warning, customerId } = item;
  const title = task ? taskWords(task) : warning ? words.play(warning) : '';
  return (
    <li className={styles['item']} data-late={item.dueOn < today}>
      <div className={styles['main']}>
        <div className={styles['who']}>
          {customerId === null ? (
            <strong>{title}</strong>
          ) : (
            <AppLink to={`/customers/${customerId}`}>{item.customerName ?? title}</AppLink>
          )}
          {warning ? <Tag tone="warn">{words.name(warning)}</Tag> : null}
          {task?.kind === 'next-step' ? <Tag>{t('worklist.nextStep')}</Tag> : null}
          {task?.made ? <Tag>{taskWords.kind(task.kind)}</Tag> : null}
          {withName ? (
            <span className={styles['soft']}>{item.assigneeName ?? t('worklist.nobody')}</span>
          ) : null}
        </div>
        {customerId === null ? null : <p className={styles['title']}>{title}</p>}
        {warning ? <p className={styles['soft']}>{words.reason(warning)}</p> : null}
        {item.also.map((other) => (
          <p key={other.warningId} className={styles['soft']}>
            {words.name(other)}
            {': '}
            {words.reason(other)}
          </p>
        ))}
      </div>
      <dl className={styles['figures']}>
        <div>
          <dt>{t(warning ? 'worklist.atRisk' : 'worklist.gain')}</dt>
          <dd title={t('worklist.anHour', { value: f.money(f.minorOf(item.valueAnHour)) })}>
            {f.moneyShort(f.minorOf(item.value), undefined, { sign: true })}
          </dd>
        </div>
        <div>
          <dt>{t('worklist.due')}</dt>
          <dd className={item.dueOn < today ? styles['late'] : ''}>
            {item.dueOn === today ? t('worklist.today') : f.date(item.dueOn)}
          </dd>
        </div>
        <div>
          <dt>{t('worklist.takes')}</dt>
          <dd>{t('worklist.inMinutes', { minutes: item.minutes })}</dd>
        </div>
      </dl>
      <div className={styles['buttons']}>
        <Button type="primary" onClick={() => setOpen('finish')}>
          {t('worklist.finish')}
        </Button>
        <LaterMenu item={item} today={today} onPlan={() => setOpen('plan')} />
      </div>
      <Suspense>
        {open === 'finish' ? <FinishDialog item={item} onClose={() => setOpen(null)} /> : null}
        {open === 'plan' && warning ? (
          <TaskDialog
            dueOn={nextWorkday(today)}
            about={{
              customerId: warning.customerId,
              warningId: warning.warningId,
              title: words.play(warning),
            }}
            onClose={() => setOpen(null)}
          />
        ) : null}
      </Suspense>
    </li>
  );
}

/** What else can be done with it: later, planned, a false alarm, taken off. */
function LaterMenu({ item, today, onPlan }: { item: WorklistItem; today: string; onPlan: () => void }) {
  const t = useWords();
  const toast = useToast();
  const snooze = useSnoozeWarning();
  const change = useChangeTask();
  const falseAlarm = useFalseAlarm();
  const { task, warning } = item;
  const told = (text: string) => ({
    onSuccess: () => toast.done(text),
    onError: (error: unknown) => toast.failed(error),
  });
  const until = (day: string) => () => {
    const after = told(t('worklist.postponed'));
    if (task) change.mutate({ task, dueOn: day }, after);
    else if (warning) snooze.mutate({ warning, until: day }, after);
  };
  const days = [
    { id: 'tomorrow', label: t('worklist.tomorrow'), onChoose: until(nextWorkday(today)) },
    { id: 'week', label: t('worklist.nextWeek'), onChoose: until(daysLater(mondayOf(today), 7)) },
    { id: 'month', label: t('worklist.inAMonth'), onChoose: until(daysLater(today, 30)) },
  ];
  const others = [
    ...(task ? [] : [{ id: 'plan', label: t('worklist.plan'), onChoose: onPlan }]),
    ...(warning && !task
      ? [
          {
            id: 'false',
            label: t('worklist.falseAlarm'),
            onChoose: () => falseAlarm.mutate(warning, told(t('worklist.falseAlarmTold'))),
          },
        ]
      : []),
    ...(task
      ? [
          {
            id: 'cancel',
            label: t('worklist.cancel'),
            onChoose: () => change.mutate({ task, status: 'cancelled' }, told(t('worklist.cancelled'))),
          },
        ]
      : []),
  ];
  return (
    <MenuButton
      label={t('worklist.more')}
      className={styles['menu'] ?? ''}
      groups={[
        { id: 'later', title: t('worklist.later'), items: days },
        { id: 'others', items: others },
      ]}
    >
      <Icon name="more" />
    </MenuButton>
  );
}
