import type { InteractionInput, InteractionKind, InteractionRow } from '@kezi/contract';

/** What the form holds. `happenedAt` is a wall clock in the organisation's time zone, yyyy-mm-ddThh:mm; empty: now. */
export interface InteractionDraft {
  kind: InteractionKind;
  summary: string;
  happenedAt: string;
  contactIds: number[];
  userIds: number[] | null;
  outcome: string;
  nextStep: string;
  nextStepOn: string | null;
}

export const emptyDraft: InteractionDraft = {
  kind: 'call',
  summary: '',
  happenedAt: '',
  contactIds: [],
  userIds: null,
  outcome: '',
  nextStep: '',
  nextStepOn: null,
};

/** The wall clock of a time zone at a moment. */
export function wallClock(moment: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(moment));
  return parts.replace(' ', 'T');
}

/** The moment at which the wall clock of a time zone shows this; where it shows it twice, the first. */
export function momentOf(wall: string, timeZone: string): string {
  const asUtc = Date.parse(`${wall}:00Z`);
  // The offset at about that time; asked again at the moment found, for days on which clocks are changed.
  let moment = asUtc;
  for (let i = 0; i < 2; i++) {
    const shown = Date.parse(`${wallClock(new Date(moment).toISOString(), timeZone)}:00Z`);
    moment += asUtc - shown;
  }
  return new Date(moment).toISOString();
}

export function draftOf(row: InteractionRow, timeZone: string): InteractionDraft {
  return {
    kind: row.kind,
    summary: row.summary,
    happenedAt: wallClock(row.happenedAt, timeZone),
    contactIds: row.contacts.map((contact) => contact.contactId),
    userIds: row.users.map((user) => user.userId),
    outcome: row.outcome ?? '',
    nextStep: row.nextStep ?? '',
    nextStepOn: row.nextStepOn,
  };
}

const given = (text: string) => (text.trim() === '' ? null : text.trim());

/** What goes to the server. A day without a step is left out. */
export function inputOf(draft: InteractionDraft, timeZone: string): InteractionInput {
  const nextStep = given(draft.nextStep);
  return {
    kind: draft.kind,
    summary: draft.summary.trim(),
    ...(draft.happenedAt === '' ? {} : { happenedAt: momentOf(draft.happenedAt, timeZone) }),
    contactIds: draft.contactIds,
    ...(draft.userIds === null ? {} : { userIds: draft.userIds }),
    outcome: given(draft.outcome),
    nextStep,
    nextStepOn: nextStep === null ? null : draft.nextStepOn,
  };
}

/** Only what has been changed, so that saving writes over nothing else and keeps seconds that the clock does not show. */
export function patchOf(
  before: InteractionDraft,
  after: InteractionDraft,
  timeZone: string,
): Partial<InteractionInput> {
  const old: Record<string, unknown> = { ...inputOf(before, timeZone) };
  return Object.fromEntries(
    Object.entries(inputOf(after, timeZone)).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field]),
    ),
  );
}
