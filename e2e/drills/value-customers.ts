import type { Overview, ValuationRun } from '@kezi/contract';
import { setTimeout as sleep } from 'node:timers/promises';
import { until, type DrillCompany } from '../support/drill-company.js';

export async function startRun(
  company: DrillCompany,
  options: { discountRate?: number; rebuild?: boolean; model?: 'bg-nbd' } = {},
): Promise<number> {
  const { status, body } = await company.api.post<ValuationRun>('/valuation/runs', options);
  if (status !== 202) throw new Error(`Run: ${status} ${JSON.stringify(body)}`);
  return body.valuationRunId;
}

/** Waits until the run has ended, in whatever way. */
export async function runEnded(
  company: DrillCompany,
  id: number,
  patienceMs = 120_000,
): Promise<ValuationRun> {
  return until(
    `valuation ${id}`,
    async () => {
      const { status, body } = await company.api.get<ValuationRun>(`/valuation/runs/${id}`);
      if (status !== 200) throw new Error(`Run ${id}: ${status} ${JSON.stringify(body)}`);
      return body.status === 'waiting' || body.status === 'running' ? null : body;
    },
    patienceMs,
  );
}

/** Every score of a run and every figure that the register shows of it, as text: equal figures give equal text. */
export async function traceOfRun(company: DrillCompany, id: number): Promise<string> {
  const rows = await company.query(
    `select c.customer_no, to_jsonb(s) - 'valuation_run_id' as score,
        c.score_run_id = $1 as shown, c.clv = s.clv and c.p_alive = s.p_alive as same
      from customer_score s join register_entry c using (customer_id)
      where s.valuation_run_id = $1 order by c.customer_no`,
    [id],
  );
  return JSON.stringify(rows);
}

export interface Sight {
  runId: number;
  clv: number;
  /** Runs whose figures stand on customers at one moment. */
  customersOfRuns: number;
}

export interface Watch {
  seen: () => Sight[];
  stop: () => Promise<void>;
}

/** A reader who looks at the first page again and again, and at the register behind it, whatever happens to the server. */
export function watchOverview(company: DrillCompany): Watch {
  const seen: Sight[] = [];
  const state = { stopping: false };
  const look = async () => {
    while (!state.stopping) {
      try {
        const { status, body } = await company.api.get<Overview>('/overview', { patienceMs: 5000 });
        const rows = await company.query<{ runs: number }>(
          'select count(distinct score_run_id) as runs from register_entry where score_run_id is not null',
        );
        if (status === 200 && body.run && body.total) {
          const runs = rows[0]?.runs ?? 0;
          seen.push({ runId: body.run.valuationRunId, clv: body.total.clv, customersOfRuns: runs });
        }
      } catch {
        // The server or its database is down: the reader comes again.
        await sleep(100);
      }
      await sleep(40);
    }
  };
  const looking = look();
  return {
    seen: () => seen,
    async stop() {
      state.stopping = true;
      await looking;
    },
  };
}
