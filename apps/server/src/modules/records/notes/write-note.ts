import { noteStatuses, type NoteInput, type NoteKind, type NotePatch, type NoteRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { withUnseenKept } from '../../../platform/http/field-wall.rules.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { changedSince } from '../changed-since.js';
import { mustSeeCustomer } from '../customers/index.js';
import { holdCustomer } from '../hold-customer.js';
import { todayOf } from '../today-of.js';
import { getNote } from './notes.queries.js';

type NoteState = Pick<
  NoteRow,
  | 'title'
  | 'detail'
  | 'status'
  | 'notedOn'
  | 'contactId'
  | 'saidBy'
  | 'sharePercent'
  | 'amountMinor'
  | 'otherCustomerId'
>;

/** @throws CodedError notes.status_unknown */
function checkStatus(kind: NoteKind, status: NoteState['status']): void {
  if (!(noteStatuses[kind] as readonly string[]).includes(status))
    throw new CodedError('notes.status_unknown');
}

/** @throws CodedError notes.contact_unknown, notes.customer_unknown */
async function refuseStrangers(
  db: Db,
  customerId: number,
  before: Pick<NoteState, 'contactId' | 'otherCustomerId'> | null,
  { contactId, otherCustomerId }: NoteState,
): Promise<void> {
  if (contactId !== null && contactId !== before?.contactId) {
    const contact = await db
      .selectFrom('contact')
      .where('contact_id', '=', contactId)
      .where('customer_id', '=', customerId)
      .where('deleted_at', 'is', null)
      .select('contact_id')
      .executeTakeFirst();
    if (!contact) throw new CodedError('notes.contact_unknown');
  }
  if (otherCustomerId === null || otherCustomerId === before?.otherCustomerId) return;
  if (otherCustomerId === customerId) throw new CodedError('notes.customer_unknown');
  try {
    await mustSeeCustomer(db, otherCustomerId);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    throw new CodedError('notes.customer_unknown', {}, { cause: error });
  }
}

function columnsOf(state: NoteState) {
  return {
    title: state.title,
    detail: state.detail,
    status: state.status,
    noted_on: state.notedOn,
    contact_id: state.contactId,
    said_by: state.saidBy,
    share_percent: state.sharePercent,
    amount_minor: state.amountMinor,
    other_customer_id: state.otherCustomerId,
  };
}

/**
 * @returns the id
 * @throws CodedError customers.not_found, notes.status_unknown, notes.contact_unknown, notes.customer_unknown
 */
export async function createNote(db: Db, customerId: number, input: NoteInput, now: Date): Promise<number> {
  await holdCustomer(db, customerId);
  const state: NoteState = {
    title: input.title,
    detail: input.detail ?? null,
    status: input.status ?? noteStatuses[input.kind][0],
    notedOn: input.notedOn ?? (await todayOf(db, now)),
    contactId: input.contactId ?? null,
    saidBy: input.saidBy ?? null,
    sharePercent: input.sharePercent ?? null,
    amountMinor: input.amountMinor ?? null,
    otherCustomerId: input.otherCustomerId ?? null,
  };
  checkStatus(input.kind, state.status);
  await refuseStrangers(db, customerId, null, state);
  const made = await db
    .insertInto('customer_note')
    .values({
      customer_id: customerId,
      kind: input.kind,
      ...columnsOf(state),
      created_at: now,
      updated_at: now,
    })
    .returning('customer_note_id')
    .executeTakeFirstOrThrow();
  await writeAudit(db, {
    action: 'note.created',
    subject: 'note',
    subjectId: made.customer_note_id,
    changes: { customerId: [null, customerId], kind: [null, input.kind] },
  });
  await emitEvent(db, 'note.changed', { customerId, noteId: made.customer_note_id });
  return made.customer_note_id;
}

/**
 * Changes what the patch names, if nobody has changed the note since `rowVersion`.
 * @throws CodedError notes.not_found, notes.changed, notes.status_unknown, notes.contact_unknown, notes.customer_unknown,
 *   fields.restricted_forbidden
 */
export async function updateNote(
  db: Db,
  principal: Principal,
  noteId: number,
  patch: NotePatch,
  now: Date,
): Promise<void> {
  const { customerId } = await getNote(db, noteId);
  await holdCustomer(db, customerId);
  const before = await getNote(db, noteId);
  const { rowVersion: seen, ...asked } = patch;
  if (seen !== before.rowVersion) {
    const row = { subject: 'note', subjectId: noteId, rowVersion: seen };
    throw new CodedError('notes.changed', await changedSince(db, principal, row));
  }
  const given = withUnseenKept(principal.fieldRules, asked, before);
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const after: NoteRow = { ...before, ...named };
  checkStatus(before.kind, after.status);
  await refuseStrangers(db, customerId, before, after);
  await db
    .updateTable('customer_note')
    .set({ ...columnsOf(after), row_version: sql`row_version + 1`, updated_at: now })
    .where('customer_note_id', '=', noteId)
    .execute();
  await writeAudit(db, {
    action: 'note.updated',
    subject: 'note',
    subjectId: noteId,
    changes: {
      ...changesBetween({ ...before }, named),
      rowVersion: [before.rowVersion, before.rowVersion + 1],
    },
  });
  await emitEvent(db, 'note.changed', { customerId, noteId });
}

/**
 * Sets a note aside, or brings it back.
 * @throws CodedError notes.not_found
 */
export async function setAside(
  db: Db,
  noteId: number,
  what: 'deleted' | 'restored',
  now: Date,
): Promise<void> {
  const done = await db
    .updateTable('customer_note')
    .set({ deleted_at: what === 'deleted' ? now : null, row_version: sql`row_version + 1`, updated_at: now })
    .where('customer_note_id', '=', noteId)
    .where('deleted_at', what === 'deleted' ? 'is' : 'is not', null)
    .returning('customer_id as customerId')
    .executeTakeFirst();
  if (!done) throw new CodedError('notes.not_found');
  await writeAudit(db, { action: `note.${what}`, subject: 'note', subjectId: noteId });
  await emitEvent(db, 'note.changed', { customerId: done.customerId, noteId });
}
