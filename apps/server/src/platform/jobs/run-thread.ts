import { Worker, type WorkerOptions } from 'node:worker_threads';

/** A built thread runs as it is; run from its sources, as tests do, it needs the loader of TypeScript first. */
export function newThread(
  beside: string,
  name: string,
  task: unknown,
  resourceLimits: WorkerOptions['resourceLimits'] = {},
): Worker {
  if (!beside.endsWith('.ts')) {
    return new Worker(new URL(`./${name}.js`, beside), { workerData: task, resourceLimits, execArgv: [] });
  }
  const file = JSON.stringify(new URL(`./${name}.ts`, beside).href);
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); });`;
  return new Worker(start, {
    workerData: task,
    resourceLimits,
    eval: true,
    execArgv: ['--conditions=kezi-source'],
  });
}

/**
 * Gives a task to a thread of its own and waits for its one answer; ends it when the signal is aborted.
 * @param beside URL of the module in whose folder the thread's file stands
 * @param name the thread's file without its ending
 */
export async function runThread<Answer>(
  beside: string,
  name: string,
  task: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  signal?.throwIfAborted();
  const thread = newThread(beside, name, task);
  const stop = () => void thread.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<Answer>((done, fail) => {
      thread.once('message', done);
      thread.once('error', fail);
      thread.once('exit', (code) => {
        if (signal?.aborted) fail(signal.reason as Error);
        else fail(new Error(`The thread ended with code ${code}.`));
      });
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}
