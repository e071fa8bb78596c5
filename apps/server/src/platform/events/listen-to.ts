import type { EventType, KeziEvents } from '@kezi/contract';
import type { Db } from '../db/scoped-db.js';
import type { Platform } from '../platform.js';

export interface EventListener {
  type: EventType;
  hear: (payload: unknown, platform: Platform, db: Db) => Promise<void>;
}

/**
 * What a slice does when something has happened elsewhere. Delivered at least once, each time in a transaction of its own
 * that sees all; a listener that fails is asked again.
 */
export function listenTo<Type extends EventType>(
  type: Type,
  hear: (payload: KeziEvents[Type], platform: Platform, db: Db) => Promise<void>,
): EventListener {
  return { type, hear: (payload, platform, db) => hear(payload as KeziEvents[Type], platform, db) };
}
