import { medianOf, secondsOf, startBenchServer } from './bench-server.js';
import { fillRecords } from './graded-records.js';
import { fillRegister } from './register-data.js';

/*
 * A grading of a million customers by the ready-made policy of eight indicators (goal: within 30 s), and what a changed weight
 * of it would do (goal: within 1 s), before any tier is in force and with those named who would move. The floor, in the same run: PostgreSQL adds up the orders by customer.
 */

const count = Number(process.env['KEZI_BENCH_CUSTOMERS'] ?? 1_000_000);
const { database, call, stop } = await startBenchServer('grading');

interface Policy {
  tierPolicyId: number;
  tierSetId: number;
  rowVersion: number;
  definition: { axes: { weight: number }[] };
}
interface Run {
  tierRunId: number;
  jobId: number;
  status: string;
}

async function settled(
  tierRunId: number,
  busy: readonly string[],
  stages: Map<string, number>,
): Promise<string> {
  for (;;) {
    const { status, jobId } = await call<Run>('GET', `/tiers/runs/${tierRunId}`);
    if (!busy.includes(status)) return status;
    const { progress } = await call<{ progress: { stage: string } | null }>('GET', `/jobs/${jobId}`);
    if (progress) stages.set(progress.stage, stages.get(progress.stage) ?? performance.now());
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

interface Preview {
  movers: { up: unknown[]; down: unknown[] };
}

/** What a policy would do when the weights of its first two axes are so many percent apart. */
async function tried({ tierSetId, definition }: Policy, apart: number): Promise<Preview> {
  const [first, second, ...axes] = definition.axes;
  if (!first || !second) throw new Error('The policy has too few axes.');
  const moved = [{ ...first, weight: 40 + apart }, { ...second, weight: 40 - apart }, ...axes];
  return call<Preview>('POST', '/tiers/preview', { tierSetId, definition: { ...definition, axes: moved } });
}

try {
  await fillRegister(database, count);
  await fillRecords(database);
  const floor = await medianOf(() =>
    database.query(
      'select count(*) from (select sum(base_amount_minor) from customer_order group by customer_id) o',
    ),
  );
  const line = (name: string, took: number) =>
    process.stdout.write(
      `${name.padEnd(30)} ${took.toFixed(2).padStart(7)} s  ${(took / floor).toFixed(1).padStart(6)} x\n`,
    );
  process.stdout.write(`${count} customers\n`);
  line('floor', floor);
  const policy = await call<Policy>('POST', '/tiers/start', { template: 'manufacturing' });
  line('what-if, the first time', await secondsOf(() => tried(policy, 0)));
  let apart = 0;
  line('what-if of a changed weight', await medianOf(() => tried(policy, ++apart)));
  const stages = new Map<string, number>();
  let run: Run | undefined;
  const began = performance.now();
  line(
    'grading run',
    await secondsOf(async () => {
      run = await call<Run>('POST', `/tiers/policies/${policy.tierPolicyId}/publish`, {
        rowVersion: policy.rowVersion,
      });
      const status = await settled(run.tierRunId, ['waiting', 'running'], stages);
      if (status !== 'proposed') throw new Error(`The grading ended ${status}.`);
    }),
  );
  for (const [stage, at] of stages) {
    process.stdout.write(`  ${stage} began after ${((at - began) / 1000).toFixed(1)} s\n`);
  }
  line(
    'put in force',
    await secondsOf(async () => {
      const { tierRunId } = run ?? { tierRunId: 0 };
      await call('POST', `/tiers/runs/${tierRunId}/enforce`, {});
      await settled(tierRunId, ['scheduled'], stages);
    }),
  );
  // From here on somebody moves, and those worth most are named.
  line('what-if of tiers in force, first', await secondsOf(() => tried(policy, -20)));
  let named = 0;
  const moving = async () => {
    const { movers } = await tried(policy, -20 - ++apart);
    named = movers.up.length + movers.down.length;
  };
  line('changed weight, movers named', await medianOf(moving));
  if (named === 0) throw new Error('Nobody moves, so that nobody was named.');
} finally {
  await stop();
}
