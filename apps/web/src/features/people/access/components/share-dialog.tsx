import type { ShareInput } from '@kezi/contract';
import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import DayControl from '../../../../ui/day-control.js';
import { ColleagueSelect } from '../../../../ui/colleague-select.js';
import { Dialog } from '../../../../ui/dialog.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useShare } from '../api/access.js';
import { useWords } from '../words.js';

interface ShareDialogProps {
  open: boolean;
  customerId: number;
  onClose: () => void;
}

/** With whom, for what, until when. */
export function ShareDialog({ open, customerId, onClose }: ShareDialogProps) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const share = useShare(customerId);
  const [colleagueId, setColleagueId] = useState<number>();
  const [access, setAccess] = useState<ShareInput['access']>('read');
  const [untilOn, setUntilOn] = useState<string>();
  const [reason, setReason] = useState('');
  const save = () => {
    if (colleagueId === undefined) return;
    share.mutate(
      { colleagueId, access, untilOn: untilOn ?? null, reason: reason.trim() === '' ? null : reason },
      {
        onSuccess: ({ userName }) => {
          toast.done(t('access.share.made', { name: userName }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('access.share.title')}
      footer={
        <>
          <Button onClick={onClose}>{c('common.cancel')}</Button>
          <Button
            type="primary"
            disabled={colleagueId === undefined}
            loading={share.isPending}
            onClick={save}
          >
            {t('access.share')}
          </Button>
        </>
      }
    >
      <FieldStack>
        <Field label={t('access.share.with')}>
          <ColleagueSelect
            placeholder={t('access.share.pick')}
            value={colleagueId}
            onChange={setColleagueId}
          />
        </Field>
        <Field label={t('access.share.access')}>
          <Segmented<'read' | 'edit'>
            value={access}
            options={[
              { value: 'read', label: t('access.share.read') },
              { value: 'edit', label: t('access.share.edit') },
            ]}
            onChange={setAccess}
          />
        </Field>
        <Field label={t('access.share.until')} optional>
          <DayControl label={t('access.share.until')} value={untilOn} onChange={setUntilOn} />
        </Field>
        <Field label={t('access.share.reason')} optional>
          <Input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
        </Field>
        {share.isError ? <ErrorState error={share.error} size="band" /> : null}
      </FieldStack>
    </Dialog>
  );
}
