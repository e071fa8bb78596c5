import { Worker } from 'node:worker_threads';
import { answerTask, type GradeAnswer, type GradeTask } from './grade-task.js';

/** So many customers take some milliseconds; to start a thread takes longer. */
const fewCustomers = 3_000;

/** A built thread runs as it is; run from its sources, as tests do, it needs the loader of TypeScript first. */
function newThread(task: GradeTask): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./grade-thread.js', import.meta.url), { workerData: task, execArgv: [] });
  }
  const file = JSON.stringify(new URL('./grade-thread.ts', import.meta.url).href);
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); });`;
  return new Worker(start, { workerData: task, eval: true, execArgv: ['--conditions=kezi-source'] });
}

/** Grades on a thread of its own: sorting a million scores takes longer than anybody else should wait. */
export async function gradeAside(task: GradeTask, signal?: AbortSignal): Promise<GradeAnswer> {
  const columns = [...task.measured, ...task.points];
  if (columns.every((column) => (column?.length ?? 0) <= fewCustomers)) return answerTask(task);
  const thread = newThread(task);
  const stop = () => void thread.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<GradeAnswer>((done, fail) => {
      thread.once('message', done);
      thread.once('error', fail);
      thread.once('exit', (code) => {
        signal?.throwIfAborted();
        fail(new Error(`The thread ended with code ${code}.`));
      });
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}
