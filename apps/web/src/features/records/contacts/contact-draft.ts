import type { ContactInput, ContactRow, ContactWays } from '@kezi/contract';

/** What the form holds: texts as they are typed. `ways` is null while phones and mails are masked. */
export interface ContactDraft {
  name: string;
  title: string;
  department: string;
  decisionRole: ContactRow['decisionRole'];
  influence: number | null;
  attitude: number | null;
  reportsToId: number | null;
  isPrimary: boolean;
  leftOn: string | null;
  birthday: string | null;
  notes: string;
  ways: { phones: string; mails: string; wechat: string } | null;
}

export function draftOf(contact: ContactRow | null): ContactDraft {
  return {
    name: contact?.name ?? '',
    title: contact?.title ?? '',
    department: contact?.department ?? '',
    decisionRole: contact?.decisionRole ?? null,
    influence: contact?.influence ?? null,
    attitude: contact?.attitude ?? null,
    reportsToId: contact?.reportsToId ?? null,
    isPrimary: contact?.isPrimary ?? false,
    leftOn: contact?.leftOn ?? null,
    birthday: contact?.birthday ?? null,
    notes: contact?.notes ?? '',
    ways: contact === null ? { phones: '', mails: '', wechat: '' } : null,
  };
}

export function draftWays({ phones, mails, wechat }: ContactWays): NonNullable<ContactDraft['ways']> {
  return { phones: phones.join(', '), mails: mails.join(', '), wechat: wechat ?? '' };
}

const given = (text: string) => (text.trim() === '' ? null : text.trim());
/** Commas of both scripts, the enumeration comma and semicolons divide; blanks stand within numbers. */
const parts = (text: string) =>
  text
    .split(/[,，、;；\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Only what has been changed since the form was opened, so that saving writes over nothing else. */
export function patchOf(before: ContactDraft, after: ContactDraft): Partial<ContactInput> {
  const old: Record<string, unknown> = { ...inputOf(before) };
  return Object.fromEntries(
    Object.entries(inputOf(after)).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field]),
    ),
  );
}

/** What goes to the server: no empty texts, and masked ways not at all. */
export function inputOf(draft: ContactDraft): ContactInput {
  const { ways, name, title, department, notes, isPrimary, ...choices } = draft;
  return {
    ...choices,
    name: name.trim(),
    title: given(title),
    department: given(department),
    notes: given(notes),
    // Somebody who has left cannot be the first contact: the server takes that away by itself.
    ...(draft.leftOn === null ? { isPrimary } : {}),
    ...(ways === null
      ? {}
      : { phones: parts(ways.phones), mails: parts(ways.mails), wechat: given(ways.wechat) }),
  };
}
