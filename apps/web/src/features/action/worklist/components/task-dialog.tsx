import { Button, Input, InputNumber, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ownersQuery } from '../../../../lib/owners.js';
import { useMaybeSession } from '../../../../lib/session.js';
import { dayControl } from '../../../../ui/dates-fields.js';
import { Dialog } from '../../../../ui/dialog.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useAddTask } from '../api/worklist.js';
import { useWords } from '../words.js';

interface TaskDialogProps {
  /** The day that is offered. */
  dueOn: string;
  /** The customer, and the warning that the task answers, where it does. */
  about?: { customerId: number; warningId?: number; title: string };
  onClose: () => void;
}

/** A task by hand, or one that plans the answer to a warning. */
export default function TaskDialog({ dueOn: offered, about, onClose }: TaskDialogProps) {
  const t = useWords();
  const common = useCommonWords();
  const toast = useToast();
  const add = useAddTask();
  const people = useQuery(ownersQuery).data ?? [];
  const [title, setTitle] = useState(about?.title ?? '');
  const [dueOn, setDueOn] = useState(offered);
  const [minutes, setMinutes] = useState(30);
  const [assigneeId, setAssigneeId] = useState<number | null>(useMaybeSession()?.id ?? null);
  const submit = () =>
    add.mutate(
      {
        title: title.trim(),
        dueOn,
        minutes,
        assigneeId,
        customerId: about?.customerId,
        warningId: about?.warningId,
      },
      {
        onSuccess: () => {
          toast.done(t('worklist.added'));
          onClose();
        },
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('worklist.add')}
      footer={
        <>
          <Button onClick={onClose}>{common('common.cancel')}</Button>
          <Button type="primary" loading={add.isPending} disabled={title.trim() === ''} onClick={submit}>
            {common('common.save')}
          </Button>
        </>
      }
    >
      <FieldStack>
        <Field label={t('worklist.taskTitle')} error={add.error?.message}>
          <Input
            maxLength={500}
            value={title}
            placeholder={t('worklist.taskExample')}
            onChange={(event) => setTitle(event.target.value)}
          />
        </Field>
        <Field label={t('worklist.dueOn')}>
          <dayControl.Part
            label={t('worklist.dueOn')}
            value={dueOn}
            onChange={(day: string | undefined) => setDueOn(day ?? offered)}
          />
        </Field>
        <Field label={t('worklist.minutes')}>
          <InputNumber
            min={5}
            max={480}
            step={5}
            value={minutes}
            onChange={(value) => setMinutes(value ?? 30)}
          />
        </Field>
        <Field label={t('worklist.assignee')} optional>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={assigneeId}
            placeholder={about === undefined ? undefined : t('worklist.ownerDoes')}
            options={people.map((one) => ({ value: one.id, label: one.name }))}
            onChange={(id: number | undefined) => setAssigneeId(id ?? null)}
          />
        </Field>
      </FieldStack>
    </Dialog>
  );
}
