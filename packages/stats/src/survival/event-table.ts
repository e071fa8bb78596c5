import { checkBinary, checkWeights } from '../features/feature-table.js';

/**
 * Observed lifetimes, one entry a customer. `duration`: time until the event or until the last sight of the customer,
 * any unit, >= 0. `event`: 1 when the event was seen, 0 when the customer was still without it (censored on the right).
 */
export interface Lifetimes {
  duration: Float64Array;
  event: ArrayLike<number>;
  /** Time at which the customer came under observation (left truncation), below the duration; -Infinity: from the start. */
  entry?: Float64Array;
  /** Number of customers a row stands for; 1 each when left out. */
  weight?: Float64Array;
}

/** Distinct times in ascending order, with what happened at each; an event comes before a censoring of the same time. */
export interface EventTable {
  time: number[];
  /** Customers under observation just before the time. */
  atRisk: number[];
  events: number[];
  censored: number[];
}

/** RangeError, naming the row, unless the columns are lifetimes. One pass. */
export function checkLifetimes(data: Lifetimes): void {
  const { duration, event, entry, weight } = data;
  checkBinary('event', event, duration.length);
  if (weight) checkWeights(weight, duration.length);
  if (entry && entry.length !== duration.length) {
    throw new RangeError(`entry: ${entry.length} rows where ${duration.length} are expected`);
  }
  for (let i = 0; i < duration.length; i++) {
    if (!(duration[i]! >= 0 && duration[i]! < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`duration, row ${i}: ${duration[i]} is not a time`);
    }
    if (entry && !(entry[i]! < duration[i]!)) {
      throw new RangeError(`entry, row ${i}: ${entry[i]} is not before the duration ${duration[i]}`);
    }
  }
}

/** Row numbers in ascending order of a column. */
export function ascending(column: Float64Array): Uint32Array {
  return Uint32Array.from(column, (_, i) => i).sort((a, b) => column[a]! - column[b]!);
}

/** Counts events, censorings and customers at risk at each distinct time. RangeError as checkLifetimes. O(n log n). */
export function eventTable(data: Lifetimes): EventTable {
  checkLifetimes(data);
  const { duration, event, entry, weight } = data;
  const order = ascending(duration);
  const table: EventTable = { time: [], atRisk: [], events: [], censored: [] };
  let still = 0;
  for (let i = 0; i < duration.length; i++) still += weight ? weight[i]! : 1;
  const late = entry ? ascending(entry) : new Uint32Array(0);
  // Customers whose observation has not begun: entry at or after the time.
  let waiting = late.length > 0 ? still : 0;
  let entered = 0;
  for (let start = 0; start < order.length;) {
    const time = duration[order[start]!]!;
    while (entered < late.length && entry![late[entered]!]! < time) {
      waiting -= weight ? weight[late[entered]!]! : 1;
      entered++;
    }
    let [events, censored] = [0, 0];
    let end = start;
    for (; end < order.length && duration[order[end]!] === time; end++) {
      const row = order[end]!;
      const w = weight ? weight[row]! : 1;
      if (event[row] === 1) events += w;
      else censored += w;
    }
    if (events + censored > 0) {
      table.time.push(time);
      table.atRisk.push(Math.max(events + censored, still - waiting));
      table.events.push(events);
      table.censored.push(censored);
    }
    still -= events + censored;
    start = end;
  }
  return table;
}
