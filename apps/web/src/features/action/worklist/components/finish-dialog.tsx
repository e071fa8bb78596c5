import {
  interactionKinds,
  warningOutcomes,
  type InteractionKind,
  type TaskRow,
  type WarningOutcome,
  type WarningRow,
} from '@kezi/contract';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { Dialog } from '../../../../ui/dialog.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import {
  useFinishTask,
  useHandleWarning,
  useReopenTask,
  useReopenWarning,
  type WorklistItem,
} from '../api/worklist.js';
import { canReopen } from '../can-reopen.js';
import { useWords } from '../words.js';
import styles from './worklist.module.css';

interface FinishDialogProps {
  item: Pick<WorklistItem, 'task' | 'warning' | 'also' | 'customerId' | 'customerName'>;
  onClose: () => void;
}

/** One step: what was done, what came of it. The note goes into the customer's timeline and closes the item. */
export default function FinishDialog({ item, onClose }: FinishDialogProps) {
  const t = useWords();
  const common = useCommonWords();
  const toast = useToast();
  const finish = useFinishTask();
  const handle = useHandleWarning();
  const [kind, setKind] = useState<InteractionKind>('call');
  const [summary, setSummary] = useState('');
  // That a customer is kept is seen later: a call alone does not say so.
  const [outcome, setOutcome] = useState<WarningOutcome>('watching');
  const { task, warning, customerId } = item;
  const error = finish.error ?? handle.error;
  const text = summary.trim();
  const interaction = customerId === null || text === '' ? undefined : { kind, summary: text };
  const reopen = useReopenWarning();
  const putBack = useReopenTask();
  const done = {
    onSuccess: (row: TaskRow) => {
      if (canReopen(row)) toast.undo(t('worklist.finished'), () => putBack.mutateAsync(row));
      else toast.done(t('worklist.finished'));
      onClose();
    },
  };
  const handled = {
    onSuccess: (row: WarningRow) => {
      toast.undo(t('worklist.finished'), () => reopen.mutateAsync(row));
      onClose();
    },
  };
  const submit = () => {
    if (task !== null) {
      finish.mutate({ task, interaction, outcome: warning === null ? undefined : outcome }, done);
    } else if (warning !== null) {
      handle.mutate({ warning, interaction, outcome, withOthers: item.also.length > 0 }, handled);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={item.customerName ?? task?.title ?? t('worklist.finish')}
      footer={
        <>
          <Button onClick={onClose}>{common('common.cancel')}</Button>
          <Button type="primary" loading={finish.isPending || handle.isPending} onClick={submit}>
            {t(interaction === undefined ? 'worklist.finish' : 'worklist.logAndFinish')}
          </Button>
        </>
      }
    >
      <FieldStack>
        {customerId === null ? null : (
          <Field label={t('worklist.how')}>
            <Select
              value={kind}
              options={interactionKinds.map((one) => ({ value: one, label: t(`worklist.kind.${one}`) }))}
              onChange={setKind}
            />
          </Field>
        )}
        {customerId === null ? null : (
          <Field label={t('worklist.what')} optional hint={t('worklist.whatHint')} error={error?.message}>
            <Input.TextArea
              autoSize={{ minRows: 3, maxRows: 10 }}
              data-first
              value={summary}
              onChange={(event) => setSummary(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
              }}
            />
          </Field>
        )}
        {customerId === null && error !== null ? (
          <p className={styles['late']} role="alert">
            {error.message}
          </p>
        ) : null}
        {warning === null ? null : (
          <Field label={t('worklist.outcome')}>
            <Select
              value={outcome}
              options={warningOutcomes.map((one) => ({ value: one, label: t(`alerts.outcome.${one}`) }))}
              onChange={setOutcome}
            />
          </Field>
        )}
      </FieldStack>
    </Dialog>
  );
}
