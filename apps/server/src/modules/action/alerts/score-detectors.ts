import { sql } from 'kysely';
import type { Detector } from './detector.js';

/** A fifth less chance of staying between two runs. */
const fallCut = 0.2;

/** The chance of staying fell between two runs. At risk: the value if the customer stays, times the fall. */
export const chanceFall: Detector = {
  id: 'chance-fall',
  name: { 'zh-CN': '活跃概率下降', 'en-US': 'P(alive) fell' },
  isOn: true,
  dueDays: 5,
  minutes: 30,
  quietDays: 60,
  past: { kind: 'runs' },
  clock: 'orders',
  find: ({ runId, previousRunId, threshold, among }) => sql`
    select now.customer_id, (before.p_alive - now.p_alive) / ${fallCut} as score,
      now.clv / greatest(now.p_alive, 0.05) * (before.p_alive - now.p_alive) as at_risk,
      jsonb_build_object('pAliveBefore', before.p_alive, 'pAlive', now.p_alive, 'clvBefore', before.clv) as evidence,
      null::date as wake_on
    from customer_score now join customer_score before
      on before.valuation_run_id = ${previousRunId}::bigint and before.customer_id = now.customer_id
    where now.valuation_run_id = ${runId}::bigint and ${sql.raw(among('now.customer_id'))}
      and before.p_alive - now.p_alive >= ${fallCut * threshold}::float8`,
};

/** A tenth of all value in one hand. */
const shareCut = 0.1;

/** One customer carries too much of the whole. At risk: its value times the chance that it goes. */
export const concentration: Detector = {
  id: 'concentration',
  name: { 'zh-CN': '过于集中', 'en-US': 'Concentration' },
  isOn: true,
  dueDays: 30,
  minutes: 60,
  quietDays: 180,
  past: { kind: 'fact' },
  clock: 'orders',
  prepare: async (db, { runId }, before) => {
    if (before?.['runId'] === runId) return before;
    const { rows } = await sql<{ clv: number | null }>`
      select sum(clv) as clv from customer_score where valuation_run_id = ${runId}::bigint`.execute(db);
    return { runId, clv: rows[0]?.clv ?? 0 };
  },
  find: ({ runId, threshold, prepared, among }) => sql`
    select s.customer_id, s.clv / ${prepared['clv'] ?? 0}::float8 / ${shareCut} as score,
      s.clv * greatest(1 - coalesce(s.p_alive, 0.9), 0.01) as at_risk,
      jsonb_build_object('clvShare', s.clv / ${prepared['clv'] ?? 0}::float8) as evidence, null::date as wake_on
    from customer_score s
    where s.valuation_run_id = ${runId}::bigint and ${sql.raw(among('s.customer_id'))} and ${prepared['clv'] ?? 0}::float8 > 0
      and s.clv >= ${shareCut * threshold}::float8 * ${prepared['clv'] ?? 0}::float8`,
};

/** It warns where the odds of leaving are three times those of everybody: 25 % where a tenth leaves, 75 % where half does. */
const oddsRatio = 3;

/**
 * What the trained model says (see insight/churn), of customers who are still there: whoever has been silent for longer than
 * the silence that counts as leaving is the concern of others. Only a model that beat the simple rules on customers held out.
 * At risk: value times the chance of leaving beyond everybody's.
 */
export const churnModel: Detector = {
  id: 'churn-model',
  name: { 'zh-CN': '流失模型', 'en-US': 'Churn model' },
  isOn: true,
  dueDays: 5,
  minutes: 30,
  quietDays: 60,
  past: { kind: 'training' },
  clock: 'orders',
  prepare: async (db) => {
    const { rows } = await sql<{ run: number | null }>`
      select churn_run_id as run from churn_run where status = 'published'
      order by published_at desc, churn_run_id desc limit 1`.execute(db);
    return { churnRunId: rows[0]?.run ?? null };
  },
  find: ({ runId, threshold, among }) => sql`
    select judged.*, null::date as wake_on from (
      select c.customer_id, c.probability / cut.at as score, s.clv * greatest(0, c.probability - cut.rate) as at_risk,
        jsonb_build_object('probability', c.probability, 'usualRate', cut.rate, 'silenceDays', cut.silence_days) as evidence
      from (
        select churn_run_id, as_of, silence_days, rate, ${oddsRatio} * odds / (1 + ${oddsRatio} * odds) as at
        from (
          select churn_run_id, as_of, silence_days, (report -> 'heldOut' ->> 'rate')::float8 as rate,
            (report -> 'heldOut' ->> 'rate')::float8 / nullif(1 - (report -> 'heldOut' ->> 'rate')::float8, 0) as odds
          from churn_run
          where status = 'published' and (report -> 'model' ->> 'trusted')::boolean
            and churn_run_id = (select churn_run_id from churn_run where status = 'published'
              order by published_at desc, churn_run_id desc limit 1)) latest) cut
      join customer_churn c on c.churn_run_id = cut.churn_run_id
      join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = c.customer_id
      where s.last_order_on > cut.as_of - cut.silence_days and ${sql.raw(among('c.customer_id'))}) judged
    where score >= ${threshold}::float8`,
};
