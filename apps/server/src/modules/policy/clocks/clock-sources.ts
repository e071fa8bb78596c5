import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';

/** Something that customers wait for, as the slice that has it declares it. */
interface ClockSource {
  id: string;
  /** What was asked in one line, of a clock `k`; null where it is gone. */
  title: RawBuilder<string | null>;
  /** Says there that it is solved, when somebody says so of the clock. */
  solve: (db: Db, principal: Principal, sourceId: number, now: Date) => Promise<void>;
}

const sources = new Map<string, ClockSource>();

/** A slice whose things are to be answered in time declares them at start; it starts and stops their clocks. */
export function registerClockSource(source: ClockSource): void {
  if (sources.has(source.id)) throw new Error(`Two sources of clocks are called ${source.id}.`);
  sources.set(source.id, source);
}

export function clockSource(id: string): ClockSource | undefined {
  return sources.get(id);
}

/** What was asked of a clock `k`. */
export function clockTitle(): RawBuilder<string | null> {
  const cases = [...sources.values()].map(({ id, title }) => sql`when ${id} then ${title}`);
  return sql`case k.source ${sql.join(cases, sql` `)} end`;
}
