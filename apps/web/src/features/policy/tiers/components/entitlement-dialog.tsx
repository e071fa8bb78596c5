import { entitlementKinds, type Entitlement, type EntitlementKind, type Tier } from '@kezi/contract';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Dialog } from '../../../../ui/dialog.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { useDeleteEntitlement, useSaveEntitlement } from '../api/entitlements.js';
import { useWords } from '../words.js';
import styles from './tiers.module.css';

interface EntitlementDialogProps {
  /** Null: a new one. */
  entitlement: Entitlement | null;
  tiers: readonly Tier[];
  onClose: () => void;
}

/** One entitlement: what it is, what a unit costs, and how much of it each tier has. */
export function EntitlementDialog({ entitlement, tiers, onClose }: EntitlementDialogProps) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const confirm = useConfirm();
  const save = useSaveEntitlement();
  const remove = useDeleteEntitlement();
  const [kind, setKind] = useState<EntitlementKind>(entitlement?.kind ?? 'meeting');
  const [name, setName] = useState(entitlement?.name ?? '');
  const [cost, setCost] = useState((entitlement?.unitCostMinor ?? 0) / f.minorOf(1));
  const [hours, setHours] = useState(entitlement?.unitHours ?? 0);
  const [promises, setPromises] = useState(
    new Map(entitlement?.promises.map((each) => [each.tierId, each.quantity])),
  );
  const done = { onSuccess: onClose, onError: (error: unknown) => toast.failed(error) };
  const keep = () =>
    save.mutate(
      {
        ...(entitlement ? { id: entitlement.entitlementId, rowVersion: entitlement.rowVersion } : {}),
        kind,
        name,
        unitCostMinor: Math.round(cost * f.minorOf(1)),
        unitHours: hours,
        promises: [...promises].map(([tierId, quantity]) => ({ tierId, quantity })),
      },
      done,
    );
  const ask = async ({ entitlementId }: Entitlement) => {
    const sure = await confirm({
      title: t('tiers.deleteEntitlementTitle', { name }),
      text: t('tiers.deleteEntitlementText'),
      action: t('tiers.delete'),
      danger: true,
    });
    if (sure) remove.mutate(entitlementId, done);
  };
  // The words around a promise are those of the list: '24 h' here is '24 h' there.
  const [before, after] =
    kind === 'credit-limit' ? ['', f.currency] : t(`tiers.unitOf.${kind}`, { quantity: '|' }).split('|');
  return (
    <Dialog
      open
      onClose={onClose}
      title={entitlement?.name ?? t('tiers.newEntitlement')}
      footer={
        <>
          {entitlement ? (
            <Button danger loading={remove.isPending} onClick={() => void ask(entitlement)}>
              {t('tiers.delete')}
            </Button>
          ) : null}
          <Button type="primary" disabled={name.trim() === ''} loading={save.isPending} onClick={keep}>
            {t('tiers.save')}
          </Button>
        </>
      }
    >
      <FieldStack>
        <Field label={t('tiers.entitlementName')}>
          <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t('tiers.kind')}>
          <Select
            value={kind}
            options={entitlementKinds.map((value) => ({ value, label: t(`tiers.kindOf.${value}`) }))}
            onChange={setKind}
          />
        </Field>
        <Field label={t('tiers.unitCost')} hint={t('tiers.unitCostHint')}>
          <InputNumber min={0} value={cost} suffix={f.currency} onChange={(value) => setCost(value ?? 0)} />
        </Field>
        <Field label={t('tiers.unitHours')} hint={t('tiers.unitHoursHint')}>
          <InputNumber min={0} value={hours} onChange={(value) => setHours(value ?? 0)} />
        </Field>
        {kind === 'response' || kind === 'solution' ? (
          <p className={styles['note']}>{t('tiers.runningKeep')}</p>
        ) : null}
        {tiers.map((tier) => (
          <div key={tier.tierId} className={styles['row']}>
            <span className={styles['grow']}>{tier.name}</span>
            <InputNumber
              className={styles['grow'] ?? ''}
              aria-label={t('tiers.quantityOf', { tier: tier.name })}
              min={0}
              value={promises.get(tier.tierId) ?? null}
              placeholder="–"
              prefix={before?.trim()}
              suffix={after?.trim()}
              onChange={(value) => {
                const next = new Map(promises);
                if (value === null) next.delete(tier.tierId);
                else next.set(tier.tierId, value);
                setPromises(next);
              }}
            />
          </div>
        ))}
      </FieldStack>
    </Dialog>
  );
}
