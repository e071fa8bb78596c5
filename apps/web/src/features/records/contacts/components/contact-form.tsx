import { decisionRoles, type ContactRow } from '@kezi/contract';
import { Button, Checkbox, Input, Select } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ApiError } from '../../../../lib/api-error.js';
import { useLatestDraft } from '../../../../lib/latest-draft.js';
import { dayControl } from '../../../../ui/dates-fields.js';
import { Field } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { LongText } from '../../../../ui/long-text.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useAddContact, useRevealContact, useSaveContact } from '../api/contacts.js';
import { draftOf, draftWays, inputOf, patchOf, type ContactDraft } from '../contact-draft.js';
import { useWords } from '../words.js';
import { ContactChanges, type HeldContact } from './contact-changes.js';
import styles from './contacts.module.css';

interface ContactFormProps {
  customerId: number;
  /** Null for a new one. */
  contact: ContactRow | null;
  /** To whom the contact may report. */
  others: readonly ContactRow[];
  onClose: () => void;
}

interface Part {
  draft: ContactDraft;
  change: (part: Partial<ContactDraft>) => void;
  /** Phones and mails as they are, once they are shown. */
  open: (part: Partial<ContactDraft>) => void;
  error: ApiError | null;
}

/** Under which field a refusal by the server is said. */
function refusal(error: ApiError | null, path: string, code?: string): string | undefined {
  if (error?.code === code && error !== null) return error.message;
  return error?.fields.find((field) => field.path.startsWith(path))?.message;
}

/** A person in a few fields; the rest unfolds. Opens in the place of the card. */
export default function ContactForm({ customerId, contact, others, onClose }: ContactFormProps) {
  const t = useWords();
  const common = useCommonWords();
  const toast = useToast();
  const held = useLatestDraft<ContactDraft>(contact?.rowVersion ?? null, (before) => {
    const read = draftOf(contact);
    return { ...read, ways: before?.ways ?? read.ways };
  });
  const { draft, change, open } = held;
  const [isFull, setFull] = useState(contact !== null);
  const [checked, setChecked] = useState(false);
  const saving = useSubmit(customerId, contact);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const isUnnamed = draft.name.trim() === '';
  const submit = () => {
    setChecked(true);
    if (isUnnamed || draft.notes.length > longestNotes) return;
    saving.submit(held, (saved) => {
      toast.done(t(contact === null ? 'contacts.added' : 'contacts.saved', { name: saved.name }));
      onClose();
    });
  };
  const part = { draft, change, open, error: saving.error };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the controls in it
    <form
      ref={form}
      className={styles['form']}
      aria-label={contact === null ? t('contacts.add') : t('contacts.edit', { name: contact.name })}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault(); // a side panel around it stays open
        onClose();
      }}
    >
      <FirstFields
        {...part}
        contact={contact}
        unnamed={checked && isUnnamed ? t('contacts.nameNeeded') : undefined}
      />
      {isFull ? (
        <MoreFields {...part} others={others} />
      ) : (
        <Button type="link" className={styles['more'] ?? ''} onClick={() => setFull(true)}>
          {t('contacts.moreFields')}
        </Button>
      )}
      {saving.error === null || saving.isPlaced || saving.error.code === 'contacts.changed' ? null : (
        <p className={styles['conflict']} role="alert">
          {saving.error.message}
        </p>
      )}
      {contact === null ? null : (
        <ContactChanges
          contact={contact}
          held={held}
          error={saving.error?.code === 'contacts.changed' ? saving.error : null}
        />
      )}
      <div className={styles['foot']}>
        <Button onClick={onClose}>{common('common.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          {common(contact === null ? 'common.add' : 'common.save')}
        </Button>
      </div>
    </form>
  );
}

/** Codes that are said under their own field. */
const placedCodes = ['contacts.phone_unreadable', 'contacts.mail_unreadable'];

function useSubmit(customerId: number, contact: ContactRow | null) {
  const add = useAddContact(customerId);
  // A hook may not be left out; without a contact it is never called.
  const save = useSaveContact(contact ?? { contactId: 0, customerId });
  const { error, isPending } = contact === null ? add : save;
  const client = useQueryClient();
  return {
    error,
    isPending,
    isPlaced: error !== null && (placedCodes.includes(error.code) || error.fields.length > 0),
    submit: ({ opened, draft, version }: HeldContact, onSuccess: (saved: ContactRow) => void) => {
      if (contact === null) {
        add.mutate(inputOf(draft), { onSuccess });
        return;
      }
      // The newest version is fetched and merged: saving again means to write over it.
      const onError = (failed: ApiError) => {
        if (failed.code !== 'contacts.changed') return;
        void client.invalidateQueries({ queryKey: ['contacts', 'of', customerId] });
      };
      save.mutate(
        { ...patchOf(opened, draft), rowVersion: version ?? contact.rowVersion },
        { onSuccess, onError },
      );
    },
  };
}

function FirstFields({
  contact,
  unnamed,
  ...part
}: Part & { contact: ContactRow | null; unnamed: string | undefined }) {
  const t = useWords();
  const { draft, change, error } = part;
  return (
    <div className={styles['fields']}>
      <Field label={t('contacts.name')} error={unnamed ?? refusal(error, 'name')}>
        <Input
          maxLength={200}
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field label={t('contacts.jobTitle')} optional>
        <Input
          maxLength={200}
          value={draft.title}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      <Field label={t('contacts.role')} optional>
        <Select
          allowClear
          value={draft.decisionRole}
          options={decisionRoles.map((value) => ({ value, label: t(`contacts.role.${value}`) }))}
          onChange={(decisionRole) => change({ decisionRole: decisionRole ?? null })}
        />
      </Field>
      <WaysFields {...part} contact={contact} />
    </div>
  );
}

function WaysFields({ draft, change, open, error, contact }: Part & { contact: ContactRow | null }) {
  const t = useWords();
  const toast = useToast();
  const reveal = useRevealContact();
  const { ways } = draft;
  if (ways === null) {
    if (contact?.mayReveal !== true) return <p className={styles['faint']}>{t('contacts.masked')}</p>;
    return (
      <div className={styles['hidden']}>
        <span>{`${t('contacts.phone')} · ${t('contacts.mail')} · ${t('contacts.wechat')}`}</span>
        <Button
          loading={reveal.isPending}
          title={t('contacts.revealHint')}
          onClick={() =>
            reveal.mutate(contact.contactId, {
              onSuccess: (full) => open({ ways: draftWays(full) }),
              onError: (failed) => toast.failed(failed),
            })
          }
        >
          {t('contacts.change')}
        </Button>
      </div>
    );
  }
  const set = (part: Partial<typeof ways>) => change({ ways: { ...ways, ...part } });
  return (
    <>
      <Field
        label={t('contacts.phone')}
        optional
        hint={t('contacts.phonesHint')}
        error={refusal(error, 'phones', 'contacts.phone_unreadable')}
      >
        <Input value={ways.phones} onChange={(event) => set({ phones: event.target.value })} />
      </Field>
      <Field
        label={t('contacts.mail')}
        optional
        hint={t('contacts.mailsHint')}
        error={refusal(error, 'mails', 'contacts.mail_unreadable')}
      >
        <Input value={ways.mails} onChange={(event) => set({ mails: event.target.value })} />
      </Field>
      <Field label={t('contacts.wechat')} optional>
        <Input
          maxLength={100}
          value={ways.wechat}
          onChange={(event) => set({ wechat: event.target.value })}
        />
      </Field>
    </>
  );
}

const longestNotes = 4000;
const influences = [1, 2, 3, 4, 5] as const;
const attitudes = [2, 1, 0, -1, -2] as const;

function MoreFields({ draft, change, others }: Part & { others: readonly ContactRow[] }) {
  const t = useWords();
  return (
    <>
      <div className={styles['fields']}>
        <Field label={t('contacts.influence')} optional>
          <Select
            allowClear
            value={draft.influence}
            options={influences.map((value) => ({ value, label: t(`contacts.influence.${value}`) }))}
            onChange={(influence: number | undefined) => change({ influence: influence ?? null })}
          />
        </Field>
        <Field label={t('contacts.attitude')} optional>
          <Select
            allowClear
            value={draft.attitude}
            options={attitudes.map((value) => ({ value, label: t(`contacts.attitude.${value}`) }))}
            onChange={(attitude: number | undefined) => change({ attitude: attitude ?? null })}
          />
        </Field>
        <Field label={t('contacts.reportsTo')} optional>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={draft.reportsToId}
            options={others.map((one) => ({
              value: one.contactId,
              label: [one.name, one.title].filter(Boolean).join(' · '),
            }))}
            onChange={(reportsToId: number | undefined) => change({ reportsToId: reportsToId ?? null })}
          />
        </Field>
        <Field label={t('contacts.department')} optional>
          <Input
            maxLength={200}
            value={draft.department}
            onChange={(event) => change({ department: event.target.value })}
          />
        </Field>
        <DayField
          label={t('contacts.birthday')}
          value={draft.birthday}
          onChange={(birthday) => change({ birthday })}
        />
        <DayField
          label={t('contacts.leftDay')}
          value={draft.leftOn}
          onChange={(leftOn) => change({ leftOn })}
        />
      </div>
      <LongText
        label={t('contacts.notes')}
        most={longestNotes}
        maxRows={8}
        value={draft.notes}
        onChange={(notes) => change({ notes })}
      />
      <Checkbox
        checked={draft.isPrimary && draft.leftOn === null}
        disabled={draft.leftOn !== null}
        onChange={(event) => change({ isPrimary: event.target.checked })}
      >
        {t('contacts.isPrimary')}
      </Checkbox>
    </>
  );
}

interface DayFieldProps {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
}

function DayField({ label, value, onChange }: DayFieldProps) {
  return (
    <Field label={label} optional>
      <dayControl.Part
        label={label}
        value={value ?? undefined}
        onChange={(day: string | undefined) => onChange(day ?? null)}
      />
    </Field>
  );
}
