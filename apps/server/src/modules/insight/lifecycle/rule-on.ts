import type { StageRules } from '@kezi/contract';
import { readRhythms, type Engine, type Lake, type Rhythms } from '@kezi/valuation';
import { sql } from 'kysely';
import { organisationDay } from '../../../platform/db/organisation-day.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import { stageOf, type StageRuling } from './lifecycle.rules.js';

const dayMs = 86_400_000;
const dayNumber = (day: string): number => Date.parse(day) / dayMs;
const isoDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

export interface Moment {
  asOf: string;
  /** The published run whose chances are looked at; null for days before it. */
  runId: number | null;
}

async function keepRulings(db: Db, rhythms: Rhythms, asOfDay: number, rules: StageRules): Promise<void> {
  const rulings = rhythms.customerIds.map((_, i): StageRuling =>
    stageOf(
      {
        orders: rhythms.orders[i]!,
        firstDay: rhythms.firstDay[i]!,
        lastDay: rhythms.lastDay[i]!,
        longestGap: rhythms.longestGap[i]!,
        backDay: rhythms.backDay[i]!,
        recentMinor: rhythms.recentMinor[i]!,
        earlierMinor: rhythms.earlierMinor[i]!,
      },
      asOfDay,
      rules,
    ),
  );
  await sql`
    insert into stage_now select * from ${unnest('r', {
      customer_id: { type: 'bigint', values: rhythms.customerIds },
      stage: { type: 'text', values: rulings.map(({ stage }) => stage) },
      reason: { type: 'text', values: rulings.map(({ reason }) => reason) },
      since: { type: 'date', values: rulings.map(({ sinceDay }) => isoDay(sinceDay)) },
      evidence: { type: 'jsonb', values: rulings.map(({ evidence }) => JSON.stringify(evidence)) },
    })}`.execute(db);
}

/** What the orders do not tell: the chance of staying, and customers who never ordered. */
async function addWhatIsKnown(db: Db, { asOf, runId }: Moment, { lowChance }: StageRules): Promise<void> {
  if (runId === null) return;
  await sql`
    update stage_now n set stage = 'at-risk', reason = 'low-chance', since = ${asOf}::date,
      evidence = n.evidence || jsonb_build_object('pAlive', s.p_alive)
    from customer_score s
    where s.valuation_run_id = ${runId}::bigint and s.customer_id = n.customer_id and s.p_alive < ${lowChance}
      and n.stage in ('new', 'growing', 'mature', 'won-back')`.execute(db);
  await sql`
    insert into stage_now (customer_id, stage, reason, since, evidence)
    select c.customer_id, 'prospect', 'no-order', least(${organisationDay(sql.ref('c.created_at'))}, ${asOf}::date), '{}'
    from customer c where not exists (select from customer_order o where o.customer_id = c.customer_id)`.execute(
    db,
  );
}

/** Fills `stage_now`, a table of this transaction: where everybody stands on a day by some rules. Nothing of it is kept. */
export async function ruleOn(
  db: Db,
  { engine, lake }: { engine: Engine; lake: Lake },
  moment: Moment,
  rules: StageRules,
): Promise<void> {
  await sql`drop table if exists stage_now`.execute(db);
  await sql`
    create temp table stage_now (customer_id bigint, stage text, reason text, since date, evidence jsonb)
    on commit drop`.execute(db);
  const asOfDay = dayNumber(moment.asOf);
  const { graceDays, firstPatienceDays, dormantTimes } = rules;
  await readRhythms(engine, lake, { asOfDay, graceDays, firstPatienceDays, dormantTimes }, (rhythms) =>
    keepRulings(db, rhythms, asOfDay, rules),
  );
  await addWhatIsKnown(db, moment, rules);
}
