import {
  retention,
  retentionInput,
  retentionQuery,
  type Retention,
  type RetentionPeriods,
} from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../customers/index.js';
import { showDue } from './due-persons.js';
import { retentionJob } from './erase-due.js';
import { monthsOf, readPeriods, writePeriods } from './write-periods.js';

const tags = ['persons'];
/** All contacts are looked at, whose customers' last interactions as well. */
const slow = { statementTimeoutMs: 120_000 };

async function lastRun(db: Db): Promise<Retention['lastRun']> {
  const { rows } = await sql<{ at: string; erased: number | null }>`
    select finished_at as at, (result ->> 'erased')::int as erased from job
    where kind = ${retentionJob.kind} and status = 'done' order by job_id desc limit 1`.execute(db);
  const [row] = rows;
  return row ? { at: row.at, erased: row.erased ?? 0 } : null;
}

async function showRetention(db: Db, asked: RetentionPeriods | null, now: Date): Promise<Retention> {
  const { timeZone } = await readSettings(db);
  const set = await readPeriods(db);
  const periods = asked ?? monthsOf(set);
  const { counts, next } = await showDue(db, periods, {
    today: dayIn(timeZone, now),
    timeZone,
  });
  const shown = Object.entries(periods) as [Retention['periods'][number]['kind'], number][];
  return {
    periods: shown.map(([kind, months]) => ({
      kind,
      months,
      strikesOn: set.find((one) => one.kind === kind && one.months === months)?.strikesOn ?? null,
      ...(counts.get(kind) ?? { dueNow: 0, dueSoon: 0 }),
    })),
    next,
    lastRun: await lastRun(db),
  };
}

export function retentionRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/retention',
    {
      config: { permission: 'retention:read' },
      schema: {
        tags,
        summary: 'How long persons are kept, and who will be erased; or what other periods would do',
        querystring: retentionQuery,
        response: { 200: retention },
      },
    },
    (request) => {
      const asked = Object.keys(request.query).length > 0 ? request.query : null;
      return request.inScope(
        (db) => showRetention(db, asked as RetentionPeriods | null, platform.clock.now()),
        slow,
      );
    },
  );
  app.put(
    '/retention',
    {
      config: { permission: 'retention:write' },
      schema: {
        tags,
        summary: 'Replace all periods; nobody is erased by a new one for a week',
        body: retentionInput,
        response: { 200: retention },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const now = platform.clock.now();
        const { timeZone } = await readSettings(db);
        await writePeriods(db, request.body.periods, dayIn(timeZone, now), now);
        return showRetention(db, null, now);
      }, slow),
  );
}
