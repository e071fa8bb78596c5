import { runThread } from '../../../platform/jobs/run-thread.js';
import { answerTask, type GradeAnswer, type GradeTask } from './grade-task.js';

/** So many customers take some milliseconds; to start a thread takes longer. */
const fewCustomers = 3_000;

/** Grades on a thread of its own: sorting a million scores takes longer than anybody else should wait. */
export async function gradeAside(task: GradeTask, signal?: AbortSignal): Promise<GradeAnswer> {
  const columns = [...task.measured, ...task.points];
  if (columns.every((column) => (column?.length ?? 0) <= fewCustomers)) return answerTask(task);
  return runThread(import.meta.url, 'grade-thread', task, signal);
}
