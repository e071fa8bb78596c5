import type { TaskRow } from '@kezi/contract';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Dialog } from '../../../../ui/dialog.js';
import { Field } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { useChangeTask } from '../api/worklist.js';
import { useTaskWords } from '../use-task-words.js';
import { useWords } from '../words.js';

/** Takes a task off the list, with the reason for whoever misses it. */
export default function CancelDialog({ task, onClose }: { task: TaskRow; onClose: () => void }) {
  const t = useWords();
  const words = useTaskWords();
  const toast = useToast();
  const change = useChangeTask();
  const [note, setNote] = useState('');
  const submit = () =>
    change.mutate(
      { task, status: 'cancelled', note: note.trim() === '' ? undefined : note.trim() },
      {
        onSuccess: (row) => {
          toast.undo(t('worklist.cancelled'), () => change.mutateAsync({ task: row, status: 'open' }));
          onClose();
        },
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={words(task)}
      footer={
        <>
          <Button onClick={onClose}>{t('worklist.keep')}</Button>
          <Button type="primary" loading={change.isPending} onClick={submit}>
            {t('worklist.cancelDo')}
          </Button>
        </>
      }
    >
      <Field
        label={t('worklist.cancelWhy')}
        hint={t('worklist.cancelWhyHint')}
        error={change.error?.message}
        optional
      >
        <Input
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          onPressEnter={submit}
        />
      </Field>
    </Dialog>
  );
}
