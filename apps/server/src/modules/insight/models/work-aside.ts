import { Worker } from 'node:worker_threads';
import type { BenchCurve, ModelCurvesInput, ModelEvaluateInput, ModelFitInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { RowAnswer } from './models.rules.js';
import type { BenchAnswer, BenchTask } from './bench-thread.js';

/** One on each core of a small server; whoever comes when all are taken is asked to come again. */
const mostAtOnce = 2;
/** Fits to 10,000 rows take 1 to 4 s; the probabilities of 100 counts under Pareto/NBD for as many rows take longer than this. */
const patienceMs = 20_000;

let working = 0;

/** A built thread runs as it is; run from its sources, as tests do, it needs the loader of TypeScript first. */
function newThread(task: BenchTask): Worker {
  const options = { workerData: task, resourceLimits: { maxOldGenerationSizeMb: 512 } };
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./bench-thread.js', import.meta.url), { ...options, execArgv: [] });
  }
  const file = JSON.stringify(new URL('./bench-thread.ts', import.meta.url).href);
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); });`;
  return new Worker(start, { ...options, eval: true, execArgv: ['--conditions=kezi-source'] });
}

/**
 * Does the sums on a thread of their own, so that nobody else waits for them, and ends it when they take too long.
 * Whoever asked may go away before: the signal ends the work, so that his place is free for the next.
 * @throws CodedError app.server_busy, models.too_long, models.given_up, and those of the task
 */
async function aside(task: BenchTask, signal: AbortSignal): Promise<unknown> {
  if (working >= mostAtOnce) throw new CodedError('app.server_busy');
  working += 1;
  const thread = newThread(task);
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = await new Promise<BenchAnswer>((done, fail) => {
      signal.addEventListener('abort', () => fail(new CodedError('models.given_up')), { once: true });
      thread.on('message', (message: 'ready' | BenchAnswer) => {
        if (message !== 'ready') return done(message);
        const late = () => fail(new CodedError('models.too_long', { seconds: patienceMs / 1000 }));
        timer = setTimeout(late, patienceMs);
      });
      thread.once('error', fail);
      thread.once('exit', (code) => fail(new Error(`The thread ended with code ${code}.`)));
    });
    if ('code' in answer) throw new CodedError(answer.code, answer.params);
    return answer.result;
  } finally {
    clearTimeout(timer);
    await thread.terminate();
    working -= 1;
  }
}

export async function fitAside(input: ModelFitInput, signal: AbortSignal): Promise<Record<string, unknown>> {
  return (await aside({ kind: 'fit', input }, signal)) as Record<string, unknown>;
}

export async function evaluateAside(input: ModelEvaluateInput, signal: AbortSignal): Promise<RowAnswer[]> {
  return (await aside({ kind: 'evaluate', input }, signal)) as RowAnswer[];
}

export async function curvesAside(input: ModelCurvesInput, signal: AbortSignal): Promise<BenchCurve[]> {
  return (await aside({ kind: 'curves', input }, signal)) as BenchCurve[];
}
