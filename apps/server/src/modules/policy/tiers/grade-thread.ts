import { parentPort, workerData } from 'node:worker_threads';
import { answerTask, type GradeTask } from './grade-task.js';

// Runs once: the thread is started for one task and ended with it.
parentPort?.postMessage(answerTask(workerData as GradeTask), []);
