import type { EventType, KeziEvents } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../db/scoped-db.js';
import { notify } from './notifications.js';

interface EmitOptions {
  /** Whose open pages are told that it happened (the type alone, no content). Nobody unless said. */
  audience?: 'all' | { userId: number };
}

/**
 * Says what has happened, in the transaction in which it happens. Listeners hear of it after the commit, at least once,
 * even when the program dies in between.
 */
export async function emitEvent<Type extends EventType>(
  db: Db,
  type: Type,
  payload: KeziEvents[Type],
  options: EmitOptions = {},
): Promise<void> {
  const eventId = await sql<{ id: number }>`
    select kezi_emit(${type}, ${JSON.stringify(payload)}::jsonb) as id`.execute(db);
  if (eventId.rows.length !== 1) throw new Error(`Event ${type} was not written.`);
  if (options.audience === undefined) return;
  const userId = options.audience === 'all' ? null : options.audience.userId;
  await notify(db, { type: 'event', event: type, userId });
}
