import { sql } from 'kysely';
import type { Detector } from './detector.js';

/** A fifth less chance of staying between two runs. */
const fallCut = 0.2;

/** The chance of staying fell between two runs. At risk: the value if the customer stays, times the fall. */
export const chanceFall: Detector = {
  id: 'chance-fall',
  isOn: true,
  dueDays: 5,
  minutes: 30,
  quietDays: 60,
  find: ({ runId, previousRunId, threshold }) => sql`
    select now.customer_id, (before.p_alive - now.p_alive) / ${fallCut} as score,
      now.clv / greatest(now.p_alive, 0.05) * (before.p_alive - now.p_alive) as at_risk,
      jsonb_build_object('pAliveBefore', before.p_alive, 'pAlive', now.p_alive, 'clvBefore', before.clv) as evidence
    from customer_score now join customer_score before
      on before.valuation_run_id = ${previousRunId}::bigint and before.customer_id = now.customer_id
    where now.valuation_run_id = ${runId}::bigint
      and before.p_alive - now.p_alive >= ${fallCut * threshold}::float8`,
};

/** A tenth of all value in one hand. */
const shareCut = 0.1;

/** One customer carries too much of the whole. At risk: its value times the chance that it goes. */
export const concentration: Detector = {
  id: 'concentration',
  isOn: true,
  dueDays: 30,
  minutes: 60,
  quietDays: 180,
  find: ({ runId, threshold }) => sql`
    select s.customer_id, s.clv / total.clv / ${shareCut} as score,
      s.clv * greatest(1 - coalesce(s.p_alive, 0.9), 0.01) as at_risk,
      jsonb_build_object('share', s.clv / total.clv) as evidence
    from customer_score s
      cross join (select sum(clv) as clv from customer_score where valuation_run_id = ${runId}::bigint) total
    where s.valuation_run_id = ${runId}::bigint and total.clv > 0
      and s.clv >= ${shareCut * threshold}::float8 * total.clv`,
};
