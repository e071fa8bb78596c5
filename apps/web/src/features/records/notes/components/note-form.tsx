import { noteStatuses, type NoteInput, type NoteKind, type NoteRow, type NoteStatus } from '@kezi/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { ApiError } from '../../../../lib/api-error.js';
import { useFormats } from '../../../../lib/formats.js';
import { useLatestDraft, type LatestDraft } from '../../../../lib/latest-draft.js';
import { minorOfTyped, typedOfMinor } from '../../../../lib/typed-money.js';
import { dayControl } from '../../../../ui/dates-fields.js';
import { Field } from '../../../../ui/field.js';
import { LongText } from '../../../../ui/long-text.js';
import { TheirChanges } from '../../../../ui/their-changes.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { speakersQuery, useAddNote, useSaveNote } from '../api/notes.js';
import { useWords } from '../words.js';
import styles from './notes.module.css';

interface NoteFormProps {
  kind: NoteKind;
  customerId: number;
  /** Null for a new one. */
  note: NoteRow | null;
  onClose: () => void;
}

interface Draft {
  title: string;
  detail: string;
  status: NoteStatus;
  notedOn: string | undefined;
  contactId: number | null;
  sharePercent: number | null;
  amount: string;
}

function draftOf(kind: NoteKind, note: NoteRow | null, currency: string): Draft {
  return {
    title: note?.title ?? '',
    detail: note?.detail ?? '',
    status: note?.status ?? noteStatuses[kind][0],
    notedOn: note?.notedOn,
    contactId: note?.contactId ?? null,
    sharePercent: note?.sharePercent ?? null,
    amount: typedOfMinor(note?.amountMinor ?? null, currency),
  };
}

const longestDetail = 4000;

/** Opens in the place of the note. */
export default function NoteForm({ kind, customerId, note, onClose }: NoteFormProps) {
  const t = useWords();
  const f = useFormats();
  const common = useCommonWords();
  const toast = useToast();
  const client = useQueryClient();
  const held = useLatestDraft(note?.rowVersion ?? null, () => draftOf(kind, note, f.currency));
  const { draft, change } = held;
  const [isChecked, setChecked] = useState(false);
  const add = useAddNote(customerId);
  // A hook may not be left out; without a note it is never called.
  const save = useSaveNote(note ?? { noteId: 0, customerId });
  const { error, isPending } = note === null ? add : save;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  // What was said or seen was so today; what is planned is hardly finished by today.
  const isDayMissing = kind === 'plan' && draft.notedOn === undefined;
  const isMoney = draft.amount.trim() === '' || minorOfTyped(draft.amount, f.currency) !== null;
  const submit = () => {
    setChecked(true);
    if (draft.title.trim() === '' || isDayMissing || !isMoney || draft.detail.length > longestDetail) return;
    const { amount, detail, notedOn, ...rest } = draft;
    const input: Omit<NoteInput, 'kind'> = {
      ...rest,
      title: draft.title.trim(),
      detail: detail.trim() === '' ? null : detail.trim(),
      amountMinor: minorOfTyped(amount, f.currency),
      ...(notedOn === undefined ? {} : { notedOn }),
    };
    const onSuccess = (saved: NoteRow) => {
      toast.done(t('notes.saved', { title: saved.title }));
      onClose();
    };
    // The newest version is fetched and merged: saving again means to write over it.
    const onError = (failed: ApiError) => {
      if (failed.code === 'notes.changed') void client.invalidateQueries({ queryKey: ['notes', customerId] });
    };
    if (note === null) add.mutate({ ...input, kind }, { onSuccess });
    else save.mutate({ ...input, rowVersion: held.version ?? note.rowVersion }, { onSuccess, onError });
  };
  return (
    <form
      ref={form}
      className={styles['form']}
      aria-label={note === null ? t(`notes.add.${kind}`) : t('notes.edit', { title: note.title })}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field
        label={t(`notes.title.${kind}`)}
        error={isChecked && draft.title.trim() === '' ? t('notes.titleNeeded') : undefined}
      >
        <Input
          maxLength={400}
          value={draft.title}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      <KindFields
        kind={kind}
        customerId={customerId}
        draft={draft}
        change={change}
        dayError={isDayMissing && isChecked ? t('notes.dayNeeded') : undefined}
        amountError={isMoney || !isChecked ? undefined : t('notes.amountNeeded')}
      />
      <LongText
        label={t('notes.detail')}
        most={longestDetail}
        maxRows={8}
        value={draft.detail}
        onChange={(detail) => change({ detail })}
      />
      {error === null || error.code === 'notes.changed' ? null : (
        <p className={styles['conflict']} role="alert">
          {error.message}
        </p>
      )}
      {note === null ? null : (
        <NoteChanges
          kind={kind}
          note={note}
          held={held}
          error={error?.code === 'notes.changed' ? error : null}
        />
      )}
      <div className={styles['foot']}>
        <Button onClick={onClose}>{common('common.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={isPending}>
          {common(note === null ? 'common.add' : 'common.save')}
        </Button>
      </div>
    </form>
  );
}

interface NoteChangesProps {
  kind: NoteKind;
  note: NoteRow;
  held: LatestDraft<Draft>;
  error: ApiError | null;
}

function NoteChanges({ kind, note, held, error }: NoteChangesProps) {
  const t = useWords();
  const f = useFormats();
  const labels: Record<keyof Draft, string> = {
    title: t(`notes.title.${kind}`),
    detail: t('notes.detail'),
    status: t('notes.state'),
    notedOn: t(`notes.dayOf.${kind}`),
    contactId: t('notes.saidBy'),
    sharePercent: t('notes.sharePercent'),
    amount: t('notes.amount', { currency: f.currency }),
  };
  const theirs: Record<keyof Draft, string> = {
    title: held.opened.title,
    detail: held.opened.detail,
    status: t(`notes.status.${held.opened.status}`),
    notedOn: f.date(note.notedOn),
    contactId: note.contactName ?? '',
    sharePercent: String(held.opened.sharePercent ?? ''),
    amount: held.opened.amount,
  };
  return <TheirChanges held={held} error={error} labels={labels} theirs={theirs} />;
}

interface KindFieldsProps {
  kind: NoteKind;
  customerId: number;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  dayError: string | undefined;
  amountError: string | undefined;
}

/** Only what a note of the kind has: who said a need, what a plan brings, how large a share is. */
function KindFields({ kind, customerId, draft, change, dayError, amountError }: KindFieldsProps) {
  const t = useWords();
  const f = useFormats();
  const people = useQuery({ ...speakersQuery(customerId), enabled: kind === 'need' }).data?.items ?? [];
  return (
    <div className={styles['fields']}>
      <Field label={t('notes.state')}>
        <Select
          value={draft.status}
          options={noteStatuses[kind].map((value) => ({ value, label: t(`notes.status.${value}`) }))}
          onChange={(status: NoteStatus) => change({ status })}
        />
      </Field>
      <Field
        label={t(`notes.dayOf.${kind}`)}
        hint={kind === 'plan' ? undefined : t('notes.dayHint')}
        error={dayError}
        optional={kind !== 'plan'}
      >
        <dayControl.Part
          label={t(`notes.dayOf.${kind}`)}
          value={draft.notedOn}
          onChange={(notedOn: string | undefined) => change({ notedOn })}
        />
      </Field>
      {kind === 'need' ? (
        <Field label={t('notes.saidBy')} optional>
          <Select
            allowClear
            value={draft.contactId}
            options={people.map((one) => ({ value: one.contactId, label: one.name }))}
            onChange={(contactId: number | null | undefined) => change({ contactId: contactId ?? null })}
          />
        </Field>
      ) : null}
      {kind === 'plan' ? (
        <Field label={t('notes.amount', { currency: f.currency })} error={amountError} optional>
          <Input value={draft.amount} onChange={(event) => change({ amount: event.target.value })} />
        </Field>
      ) : null}
      {kind === 'competitor' || kind === 'channel' ? (
        <Field label={t('notes.sharePercent')} optional>
          <InputNumber
            className={styles['number'] ?? ''}
            min={0}
            max={100}
            precision={0}
            value={draft.sharePercent}
            onChange={(sharePercent) => change({ sharePercent })}
          />
        </Field>
      ) : null}
    </div>
  );
}
