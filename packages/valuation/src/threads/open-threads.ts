import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { HelperDesk } from './helper-desk.js';
import type { ThreadTask } from './thread-task.js';

/** Threads that work on shared memory beside the one that asks. */
export interface Threads {
  /** Threads beside the asking one; 0 where one thread does everything. */
  readonly helpers: number;
  /**
   * Gives every helper the task made for it, does the asking thread's own share, and returns when all are done. The
   * asking thread sleeps meanwhile: for many short tasks of one calculation. Throws what a helper threw.
   */
  together(taskOf: (helper: number) => ThreadTask, own: () => void): void;
  /** The same, but the asking thread's other work goes on once its own share is done. */
  apart(taskOf: (helper: number) => ThreadTask, own: () => void): Promise<void>;
  close(): Promise<void>;
}

/** A helper that says nothing for so long is given up. One task takes seconds at most. */
const PATIENCE_MS = 600_000;

/** One thread: all the work is its own. */
export const noHelpers: Threads = {
  helpers: 0,
  together: (_, own) => own(),
  apart: (_, own) => Promise.resolve(own()),
  close: () => Promise.resolve(),
};

/** A built helper runs as it is; run from its sources, as the tests do, it needs the loader of TypeScript first. */
function newHelper(workerData: SharedArrayBuffer): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  if (!isSource) return new Worker(new URL('./helper.js', import.meta.url), { workerData, execArgv: [] });
  const file = JSON.stringify(new URL('./helper.ts', import.meta.url).href);
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); });`;
  return new Worker(start, { workerData, eval: true, execArgv: ['--conditions=kezi-source'] });
}

async function startHelper(desk: HelperDesk): Promise<Worker> {
  const worker = newHelper(desk.memory);
  await new Promise<void>((done, fail) => {
    worker.once('message', () => done());
    worker.once('error', fail);
  });
  return worker;
}

/**
 * Starts threads - 1 helpers (default: as many as there are cores). Each costs some 40 ms and 15 MB: worth it for work of a
 * second and more. Whoever opens them closes them.
 */
export async function openThreads(threads = availableParallelism()): Promise<Threads> {
  if (threads <= 1) return noHelpers;
  const desk = new HelperDesk();
  const workers = await Promise.all(Array.from({ length: threads - 1 }, () => startHelper(desk)));
  const fate: { lost: Error | null; isClosing: boolean } = { lost: null, isClosing: false };
  // Counted from the start: where the asking thread's own share fails, its helpers are still at work on theirs.
  let given = 0;
  for (const worker of workers) {
    worker.on('error', (error) => (fate.lost = error));
    worker.on('exit', (code) => {
      if (!fate.isClosing) fate.lost ??= new Error(`A thread ended with code ${code}.`);
    });
  }
  const begin = (taskOf: (helper: number) => ThreadTask, own: () => void): number => {
    desk.check();
    if (fate.lost !== null) throw fate.lost;
    workers.forEach((worker, helper) => worker.postMessage(taskOf(helper), []));
    given += workers.length;
    const target = given;
    own();
    return target;
  };
  return {
    helpers: workers.length,
    together(taskOf, own) {
      const target = begin(taskOf, own);
      const deadline = performance.now() + PATIENCE_MS;
      for (let done = desk.done; done < target; done = desk.done) {
        if (performance.now() > deadline) throw new Error('A thread does not answer.');
        desk.sleep(done, 1000);
      }
      desk.check();
    },
    async apart(taskOf, own) {
      const target = begin(taskOf, own);
      // Shares are small pieces, so the wait for the last one is short.
      while (desk.done < target && fate.lost === null) await pause(1);
      if (fate.lost !== null) throw fate.lost;
      desk.check();
    },
    async close() {
      fate.isClosing = true;
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
