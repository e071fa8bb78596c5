import { parentPort, workerData } from 'node:worker_threads';
import { HelperDesk } from './helper-desk.js';
import { taskRunner, type ThreadTask } from './thread-task.js';

/** What a helper runs: one task after the other, telling the desk when each is done. */
const desk = new HelperDesk(workerData as SharedArrayBuffer);
const run = taskRunner();
parentPort!.on('message', (task: ThreadTask) => {
  try {
    run(task);
  } catch (error) {
    desk.fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  desk.finish();
});
parentPort!.postMessage('ready', []);
