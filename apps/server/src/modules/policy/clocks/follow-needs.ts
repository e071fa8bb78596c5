import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { listenTo } from '../../../platform/events/listen-to.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../../records/customers/index.js';
import { updateNote } from '../../records/notes/index.js';
import { registerClockSource } from './clock-sources.js';
import { answerClocks, startClock, stopClock } from './keep-clock.js';
import { readCalendar } from './work-calendar.js';
import { endOfWork } from './work-hours.rules.js';

/** What was said longer ago when it was written down is history, and nobody waits for an answer to it. */
export const newsDays = 7;
const dayMs = 86_400_000;

registerClockSource({
  id: 'need',
  title: sql<
    string | null
  >`(select n.title from customer_note n where n.customer_note_id = k.source_id and n.deleted_at is null)`,
  async solve(db, principal, noteId, now) {
    const note = await db
      .selectFrom('customer_note')
      .where('customer_note_id', '=', noteId)
      .where('deleted_at', 'is', null)
      .select('row_version as rowVersion')
      .executeTakeFirst();
    if (!note) throw new CodedError('clocks.not_found');
    await updateNote(db, principal, noteId, { status: 'met', rowVersion: note.rowVersion }, now);
  },
});

/** A need that somebody writes down is something to be answered and solved. */
export const followNeeds = listenTo('note.changed', async ({ noteId }, platform, db) => {
  const note = await db
    .selectFrom('customer_note')
    .where('customer_note_id', '=', noteId)
    .where('kind', '=', 'need')
    .select([
      'customer_id as customerId',
      'status',
      'noted_on as notedOn',
      'created_at as createdAt',
      'updated_at as updatedAt',
      'deleted_at as deletedAt',
    ])
    .executeTakeFirst();
  if (!note) return;
  const asked = { source: 'need', sourceId: noteId };
  const changedAt = new Date(note.updatedAt);
  if (note.deletedAt !== null || note.status === 'dropped') return stopClock(db, asked, 'ended', changedAt);
  if (note.status === 'met') return stopClock(db, asked, 'solved', changedAt);
  const { timeZone } = await readSettings(db);
  const written = new Date(note.createdAt);
  const writtenOn = dayIn(timeZone, written);
  if (Date.parse(writtenOn) - Date.parse(note.notedOn) > newsDays * dayMs) return;
  // Of a day before it was written down nobody knows the hour: the latest is taken.
  const askedAt =
    note.notedOn < writtenOn ? endOfWork(note.notedOn, await readCalendar(db), timeZone) : written;
  await startClock(db, { ...asked, customerId: note.customerId, askedAt });
  await answerClocks(db, note.customerId, platform.clock.now());
});

export const answerWhenTalked = listenTo('interaction.changed', ({ customerId }, platform, db) =>
  answerClocks(db, customerId, platform.clock.now()),
);
