import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { gradeCustomers, type Graded, type GradeInput } from './grade.rules.js';

export interface GradeTask extends GradeInput {
  /** With the fingerprint of everything that was given. */
  customerId: Float64Array | null;
}
export interface GradeAnswer extends Graded {
  digest: string | null;
}

/** SHA-256 of customers, tiers, scores and points, little-endian, column after column. */
function digestOf(customerId: Float64Array, graded: Graded): string {
  const hash = createHash('sha256');
  const { score, computed, given, why, points } = graded;
  // A copy, because a hash does not read shared memory.
  for (const column of [customerId.slice(), score, computed, given, why, ...points]) hash.update(column);
  return hash.digest('hex');
}

const task = workerData as GradeTask;
const graded = gradeCustomers(task);
const digest = task.customerId === null ? null : digestOf(task.customerId, graded);
parentPort?.postMessage({ ...graded, digest } satisfies GradeAnswer, []);
