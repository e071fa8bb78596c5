import { interactionKinds, type TimelineEntry, type TimelineKind, type TimelineQuery } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { readSettings } from '../../people/settings/index.js';
import { mustSeeCustomer } from '../customers/index.js';
import {
  interactionEntries,
  orderEntries,
  ownerEntries,
  scoreEntries,
  type Asked,
  type Place,
  type PlacedEntry,
} from './timeline-sources.js';
import { contractEntries, paymentEntries } from './money-entries.js';

function placeOf(cursor: string): Place {
  const [at, rank, id] = decodeCursor(cursor, 3);
  const isMoment =
    typeof at === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) && !Number.isNaN(Date.parse(at));
  if (!isMoment || !Number.isSafeInteger(rank) || !Number.isSafeInteger(id)) {
    throw new CodedError('app.cursor_invalid');
  }
  return { at, rank: rank as number, id: id as number };
}

/** The later moment first; at one moment by source, and within it the later number first. */
function order({ place: a }: PlacedEntry, { place: b }: PlacedEntry): number {
  return Date.parse(b.at) - Date.parse(a.at) || a.rank - b.rank || b.id - a.id;
}

/** The sources that the filter asks for and the reader may read. Their order is their rank. */
function sourcesOf(principal: Principal, kinds: readonly TimelineKind[] | undefined) {
  const wants = (kind: TimelineKind) => kinds === undefined || kinds.includes(kind);
  const may = (permission: 'orders:read' | 'customers:read' | 'contracts:read' | 'payments:read') =>
    principal.permissions.has(permission);
  const own = kinds === undefined ? null : interactionKinds.filter(wants);
  return [
    own === null || own.length > 0 ? (asked: Asked) => interactionEntries(asked, own) : null,
    wants('score') && may('customers:read') ? scoreEntries : null,
    wants('owner') && may('customers:read') ? ownerEntries : null,
    wants('order') && may('orders:read') ? orderEntries : null,
    wants('contract') && may('contracts:read') ? contractEntries : null,
    wants('payment') && may('payments:read') ? paymentEntries : null,
  ];
}

/**
 * Everything that happened to a customer, the newest first. Each source gives a page of its own by its index, so that the
 * work is bounded by the page, wherever it is and however long the history.
 * @throws CodedError customers.not_found, app.cursor_invalid
 */
export async function listTimeline(
  db: Db,
  principal: Principal,
  customerId: number,
  query: TimelineQuery,
): Promise<{ items: TimelineEntry[]; nextCursor: string | null }> {
  const { kind, cursor, limit } = query;
  await mustSeeCustomer(db, customerId);
  const after = cursor === undefined ? null : placeOf(cursor);
  const { timeZone, baseCurrency } = await readSettings(db);
  const asked = { db, viewer: principal, customerId, after, limit: limit + 1, timeZone, baseCurrency };
  const found: PlacedEntry[] = [];
  for (const [rank, entries] of sourcesOf(principal, kind).entries()) {
    if (entries) found.push(...(await entries({ ...asked, rank })));
  }
  const page = found.sort(order).slice(0, limit);
  const last = found.length > limit ? page.at(-1)?.place : undefined;
  return {
    items: page.map(({ entry }) => entry),
    nextCursor: last ? encodeCursor([last.at, last.rank, last.id]) : null,
  };
}
