import {
  lifecycleStages,
  type CustomerStages as Stages,
  type LifecycleStage,
  type StageStay,
} from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useEvents } from '../../../../lib/events.js';
import { useFormats } from '../../../../lib/formats.js';
import { useCan } from '../../../../lib/session.js';
import { dayControl } from '../../../../ui/dates-fields.js';
import { Dialog } from '../../../../ui/dialog.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { stagesQuery, usePinStage, useUnpinStage } from '../api/lifecycle.js';
import { useWords } from '../words.js';
import styles from './lifecycle.module.css';

/** Where a customer stands, since when and why; where he stood before; and the pin. */
export default function CustomerStages({ customerId }: { customerId: number }) {
  const t = useWords();
  const toast = useToast();
  const canPin = useCan('lifecycle:pin');
  const [isPinning, setPinning] = useState(false);
  const query = useQuery(stagesQuery(customerId));
  const unpin = useUnpinStage(customerId);
  useEvents(['lifecycle.changed'], () => void query.refetch());
  const now = query.data?.now ?? null;
  const isPinned = now !== null && now.pinNote !== null && now.pinReleasedOn === null;
  const buttons = (
    <>
      {isPinned ? (
        <Button
          loading={unpin.isPending}
          onClick={() =>
            unpin.mutate(null, {
              onSuccess: () => toast.done(t('lifecycle.unpinned')),
              onError: (error) => toast.failed(error),
            })
          }
        >
          {t('lifecycle.unpin')}
        </Button>
      ) : null}
      <Button onClick={() => setPinning(true)}>{t('lifecycle.pin')}</Button>
    </>
  );
  return (
    <Panel title={t('lifecycle.title')} padding="none" {...(canPin ? { extra: buttons } : {})}>
      <QueryView
        query={query}
        skeleton={<SkeletonLines n={4} />}
        empty={({ items }) => items.length === 0}
        emptyView={<EmptyState title={t('lifecycle.none')} text={t('lifecycle.noneText')} />}
      >
        {(data) => <Stays data={data} />}
      </QueryView>
      {isPinning ? (
        <PinDialog
          customerId={customerId}
          stage={query.data?.now?.stage ?? 'mature'}
          onClose={() => setPinning(false)}
        />
      ) : null}
    </Panel>
  );
}

function Stays({ data }: { data: Stages }) {
  return (
    <ol className={styles['stays']}>
      {data.items.map((stay) => (
        <Stay key={`${stay.enteredOn} ${stay.leftOn ?? ''} ${stay.stage}`} stay={stay} />
      ))}
    </ol>
  );
}

function Stay({ stay }: { stay: StageStay }) {
  const t = useWords();
  const f = useFormats();
  // Stays from before the rules could be changed do not say how many times.
  const times = stay.reason === 'thrice-longest-gap' ? 3 : 2;
  const figures = Object.fromEntries(
    Object.entries({ times, ...stay.evidence }).map(([name, value]) => [
      name,
      name === 'pAlive' || name === 'rise'
        ? f.percent(value, 0)
        : f.decimal(value, name === 'times' && !Number.isInteger(value) ? 1 : 0),
    ]),
  );
  return (
    <li>
      <strong>{t(`lifecycle.stage.${stay.stage}`)}</strong>
      <span className={styles['soft']}>
        {stay.leftOn === null
          ? t('lifecycle.since', { day: f.date(stay.enteredOn) })
          : `${f.date(stay.enteredOn)} – ${f.date(stay.leftOn)}`}
      </span>
      <p>{t(`lifecycle.reason.${stay.reason}`, figures)}</p>
      {stay.pinNote === null ? null : (
        <p className={styles['soft']}>
          {t('lifecycle.pinnedBy', {
            name: stay.pinnedByName ?? '–',
            note: stay.pinNote,
            until: stay.pinnedUntil === null ? t('lifecycle.forever') : f.date(stay.pinnedUntil),
          })}
          {stay.pinReleasedOn === null
            ? null
            : ` · ${t('lifecycle.released', { day: f.date(stay.pinReleasedOn) })}`}
        </p>
      )}
    </li>
  );
}

function PinDialog({
  customerId,
  stage: now,
  onClose,
}: {
  customerId: number;
  stage: LifecycleStage;
  onClose: () => void;
}) {
  const t = useWords();
  const common = useCommonWords();
  const toast = useToast();
  const pin = usePinStage(customerId);
  const [stage, setStage] = useState(now);
  const [note, setNote] = useState('');
  const [until, setUntil] = useState<string | undefined>(undefined);
  const submit = () =>
    pin.mutate(
      { stage, note: note.trim(), until: until ?? null },
      {
        onSuccess: () => {
          toast.done(t('lifecycle.pinned'));
          onClose();
        },
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('lifecycle.pin')}
      footer={
        <>
          <Button onClick={onClose}>{common('common.cancel')}</Button>
          <Button type="primary" loading={pin.isPending} disabled={note.trim() === ''} onClick={submit}>
            {common('common.save')}
          </Button>
        </>
      }
    >
      <FieldStack>
        <Field label={t('lifecycle.stage')}>
          <Select
            value={stage}
            options={lifecycleStages.map((one) => ({ value: one, label: t(`lifecycle.stage.${one}`) }))}
            onChange={setStage}
          />
        </Field>
        <Field label={t('lifecycle.why')} error={pin.error?.message}>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={1000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
        <Field label={t('lifecycle.until')} optional hint={t('lifecycle.untilHint')}>
          <dayControl.Part label={t('lifecycle.until')} value={until} onChange={setUntil} />
        </Field>
      </FieldStack>
    </Dialog>
  );
}
