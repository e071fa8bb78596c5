import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { Dialog } from '../../../../ui/dialog.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useWords } from '../words.js';

interface ReasonDialogProps {
  title: string;
  /** What will happen, in a sentence. */
  text: string;
  label: string;
  action: string;
  /** Longest text. */
  max: number;
  error: unknown;
  isPending: boolean;
  /** More to choose, above the reason. */
  children?: ReactNode;
  onClose: () => void;
  onSubmit: (reason: string) => void;
}

/** A deed that wants a reason. */
export function ReasonDialog(props: ReasonDialogProps) {
  const t = useWords();
  const c = useCommonWords();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const given = reason.trim();
  const submit = () => {
    setTried(true);
    if (given !== '') props.onSubmit(given);
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.title}
      width={520}
      footer={
        <>
          <Button onClick={props.onClose}>{c('common.cancel')}</Button>
          <Button type="primary" loading={props.isPending} onClick={submit}>
            {props.action}
          </Button>
        </>
      }
    >
      <FieldStack>
        <p>{props.text}</p>
        {props.children}
        <Field label={props.label} error={tried && given === '' ? t('ownership.reasonMissing') : undefined}>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={props.max}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        {props.error ? <ErrorState error={props.error} size="band" /> : null}
      </FieldStack>
    </Dialog>
  );
}
