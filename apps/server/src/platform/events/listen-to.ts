import type { EventType, KeziEvents } from '@kezi/contract';
import type { Db } from '../db/scoped-db.js';
import type { Platform } from '../platform.js';

/** Which event it was: the same again when a listener is asked again. */
export interface Occurrence {
  eventId: number;
  /** When it happened. */
  recordedAt: string;
}

export interface EventListener {
  type: EventType;
  hear: (payload: unknown, platform: Platform, db: Db, occurrence: Occurrence) => Promise<void>;
}

/**
 * What a slice does when something has happened elsewhere. Delivered at least once, each time in a transaction of its own
 * that sees all; a listener that fails is asked again.
 */
export function listenTo<Type extends EventType>(
  type: Type,
  hear: (payload: KeziEvents[Type], platform: Platform, db: Db, occurrence: Occurrence) => Promise<void>,
): EventListener {
  return {
    type,
    hear: (payload, platform, db, occurrence) => hear(payload as KeziEvents[Type], platform, db, occurrence),
  };
}
