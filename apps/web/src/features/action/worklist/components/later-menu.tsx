import type { TaskRow, WarningRow } from '@kezi/contract';
import { lazy, Suspense, useState } from 'react';
import { Icon } from '../../../../ui/icon.js';
import { MenuButton } from '../../../../ui/menu-button.js';
import { orStaleNote } from '../../../../ui/stale-note.js';
import { useToast } from '../../../../ui/toast.js';
import { useChangeTask, useFalseAlarm, useReopenWarning, useSnoozeWarning } from '../api/worklist.js';
import { daysLater, mondayOf, nextWorkday } from '../days.js';
import { useWarningWords } from '../use-warning-words.js';
import { useWords } from '../words.js';
import styles from './worklist.module.css';

const CancelDialog = lazy(() => orStaleNote(() => import('./cancel-dialog.js')));
const TaskDialog = lazy(() => orStaleNote(() => import('./task-dialog.js')));

interface LaterMenuProps {
  task: TaskRow | null;
  warning: WarningRow | null;
  /** Whether the line stands for further warnings of the customer. */
  withOthers: boolean;
  today: string;
}

/** What else can be done with a task or a warning: later, planned, a false alarm, taken off. Each can be taken back. */
export function LaterMenu({ task, warning, withOthers, today }: LaterMenuProps) {
  const t = useWords();
  const words = useWarningWords();
  const toast = useToast();
  const [isCancelling, setCancelling] = useState(false);
  const [planned, setPlanned] = useState<WarningRow | null>(null);
  const snooze = useSnoozeWarning();
  const change = useChangeTask();
  const falseAlarm = useFalseAlarm();
  const reopen = useReopenWarning();
  const warned = (text: string) => ({
    onSuccess: (row: WarningRow) => toast.undo(text, () => reopen.mutateAsync(row)),
    onError: (error: unknown) => toast.failed(error),
  });
  const changed = (text: string, before: { dueOn: string }) => ({
    onSuccess: (row: TaskRow) => toast.undo(text, () => change.mutateAsync({ task: row, ...before })),
    onError: (error: unknown) => toast.failed(error),
  });
  const until = (day: string) => () => {
    const text = t('worklist.postponed');
    if (task) change.mutate({ task, dueOn: day }, changed(text, { dueOn: task.dueOn }));
    else if (warning) snooze.mutate({ warning, until: day, withOthers }, warned(text));
  };
  const days = [
    { id: 'tomorrow', label: t('worklist.tomorrow'), onChoose: until(nextWorkday(today)) },
    { id: 'week', label: t('worklist.nextWeek'), onChoose: until(daysLater(mondayOf(today), 7)) },
    { id: 'month', label: t('worklist.inAMonth'), onChoose: until(daysLater(today, 30)) },
  ];
  const ofWarning = (one: WarningRow) => [
    { id: 'plan', label: t('worklist.plan'), onChoose: () => setPlanned(one) },
    {
      id: 'false',
      label: t('worklist.falseAlarm'),
      onChoose: () => falseAlarm.mutate(one, warned(t('worklist.falseAlarmTold'))),
    },
  ];
  const ofTask = [{ id: 'cancel', label: t('worklist.cancelAsk'), onChoose: () => setCancelling(true) }];
  return (
    <>
      <MenuButton
        label={t('worklist.more')}
        className={styles['menu'] ?? ''}
        groups={[
          { id: 'later', title: t('worklist.later'), items: days },
          { id: 'others', items: task ? ofTask : warning ? ofWarning(warning) : [] },
        ]}
      >
        <Icon name="more" />
      </MenuButton>
      <Suspense>
        {isCancelling && task ? <CancelDialog task={task} onClose={() => setCancelling(false)} /> : null}
        {planned ? (
          <TaskDialog
            dueOn={nextWorkday(today)}
            about={{
              customerId: planned.customerId,
              warningId: planned.warningId,
              title: words.play(planned),
            }}
            onClose={() => setPlanned(null)}
          />
        ) : null}
      </Suspense>
    </>
  );
}
