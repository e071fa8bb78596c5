import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useCan } from '../../../../lib/session.js';
import { tiersOfTodayQuery } from '../../../../lib/tiers.js';
import { Dialog } from '../../../../ui/dialog.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { useOverride } from '../api/tiers.js';
import { useWords } from '../words.js';

/** A tier by hand, with a reason and an end: asked for by a manager, given at once by who may approve. */
export function OverrideDialog({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const t = useWords();
  const toast = useToast();
  const override = useOverride(customerId);
  const mayApprove = useCan('tiers:approve');
  const tiers = useQuery(tiersOfTodayQuery).data?.tiers ?? [];
  const [tierId, setTierId] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const [expiresOn, setExpiresOn] = useState<string | null>(null);
  const ready = tierId !== null && reason.trim() !== '' && expiresOn !== null;
  const send = () => {
    if (tierId === null || expiresOn === null) return;
    override.mutate(
      { tierId, reason, expiresOn },
      {
        onSuccess: () => {
          toast.done(t(mayApprove ? 'tiers.overridden' : 'tiers.overrideAsked'));
          onClose();
        },
        onError: (error) => toast.failed(error),
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('tiers.override')}
      footer={
        <Button type="primary" disabled={!ready} loading={override.isPending} onClick={send}>
          {t(mayApprove ? 'tiers.give' : 'tiers.ask')}
        </Button>
      }
    >
      <FieldStack>
        <Field label={t('tiers.tier')}>
          <Select
            value={tierId}
            options={tiers.map((tier) => ({ value: tier.tierId, label: tier.name }))}
            onChange={setTierId}
          />
        </Field>
        <Field label={t('tiers.reason')}>
          <Input.TextArea
            value={reason}
            maxLength={2000}
            autoSize={{ minRows: 2 }}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <Field label={t('tiers.expiresOn')} hint={t('tiers.expiresOnHint')}>
          <DatePicker
            value={expiresOn === null ? null : dayjs(expiresOn)}
            onChange={(value) => setExpiresOn(value ? value.format('YYYY-MM-DD') : null)}
          />
        </Field>
      </FieldStack>
    </Dialog>
  );
}
