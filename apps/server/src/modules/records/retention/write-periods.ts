import {
  retentionGraceDays,
  retentionKinds,
  type RetentionKind,
  type RetentionPeriods,
} from '@kezi/contract';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';

interface SetPeriod {
  kind: RetentionKind;
  months: number;
  strikesOn: string;
}

/** The periods that are set. */
export async function readPeriods(db: Db): Promise<SetPeriod[]> {
  return db
    .selectFrom('retention_period')
    .select(['kind', 'months', 'strikes_on as strikesOn'])
    .orderBy('kind')
    .$castTo<SetPeriod>()
    .execute();
}

export const monthsOf = (periods: readonly SetPeriod[]): RetentionPeriods =>
  Object.fromEntries(periods.map(({ kind, months }) => [kind, months]));

/** Replaces all periods. One that is new or shorter than it was begins to strike after some days of grace. */
export async function writePeriods(
  db: Db,
  wanted: RetentionPeriods,
  today: string,
  now: Date,
): Promise<void> {
  const before = await readPeriods(db);
  for (const kind of retentionKinds) {
    const months = wanted[kind];
    const old = before.find((period) => period.kind === kind);
    if (months === old?.months) continue;
    if (months === undefined) {
      await db.deleteFrom('retention_period').where('kind', '=', kind).execute();
      continue;
    }
    const isLonger = old !== undefined && months > old.months;
    const strikes_on = isLonger ? old.strikesOn : sql<string>`${today}::date + ${retentionGraceDays}::int`;
    const values = { months, strikes_on, updated_at: now };
    await db
      .insertInto('retention_period')
      .values({ kind, ...values })
      .onConflict((conflict) => conflict.column('kind').doUpdateSet(values))
      .execute();
  }
  await writeAudit(db, {
    action: 'retention.changed',
    subject: 'retention',
    changes: changesBetween({ ...monthsOf(before) }, { ...wanted }),
  });
}
