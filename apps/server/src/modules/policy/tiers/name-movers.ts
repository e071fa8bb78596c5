import type { TierPreview } from '@kezi/contract';
import { sql } from 'kysely';
import type { Platform } from '../../../platform/platform.js';
import { reasonsOfTier, type Graded } from './grade.rules.js';
import { worthiestMovers } from './movers.rules.js';

interface Moves {
  customerId: Float64Array;
  clv: Float64Array;
  /** Where value is kept from the reader, an order by it would tell it: the first by number stand for all. */
  isValueKept: boolean;
  from: Uint8Array;
  graded: Pick<Graded, 'given' | 'computed' | 'why'>;
  fromTierIds: readonly number[];
  toTierIds: readonly number[];
}

/** So many each way: enough to see whether the policy means the right ones; the counts say how many more there are. */
const mostNamed = 10;
const waits = reasonsOfTier.indexOf('approval');

interface Named {
  customerId: number;
  customerNo: string;
  name: string;
}

/** The customers worth most who would move up, and who would move down, by name. */
export async function nameMovers(platform: Platform, moves: Moves): Promise<TierPreview['movers']> {
  const { customerId, clv, from, graded, isValueKept } = moves;
  // Who is to go down and waits for approval is named where it is to go.
  const given = graded.given.map((place, i) =>
    graded.why[i] === waits ? (graded.computed[i] ?? place) : place,
  );
  const worth = isValueKept ? new Float64Array(clv.length) : clv;
  const { up, down } = worthiestMovers({ from, given, worth }, mostNamed);
  const ids = [...up, ...down].map((place) => customerId[place] ?? 0);
  if (ids.length === 0) return { up: [], down: [] };
  const names = await platform.db.asSystem(async (db) => {
    const { rows } = await sql<Named>`
      select customer_id as "customerId", customer_no as "customerNo", name from register_entry
      where customer_id = any (${ids}::bigint[])`.execute(db);
    return new Map(rows.map((row) => [row.customerId, row]));
  });
  const said = (places: readonly number[]) =>
    places.flatMap((place) => {
      const named = names.get(customerId[place] ?? 0);
      if (!named) return [];
      const fromTierId = moves.fromTierIds[from[place] ?? 0] ?? 0;
      const toTierId = moves.toTierIds[given[place] ?? 0] ?? 0;
      const needsApproval = graded.why[place] === waits;
      return [{ ...named, clv: clv[place] ?? 0, fromTierId, toTierId, needsApproval }];
    });
  return { up: said(up), down: said(down) };
}
