import { setImmediate } from 'node:timers/promises';
import { CodedError } from '@kezi/contract/errors';
import { giveValues } from '../platform/jobs/give-values.js';

export interface CountingTask {
  to: number;
  /** How it ends when it has counted. */
  ending?: 'coded' | 'disk-full' | 'exit';
  /** Every number that was made, also those that nobody took. */
  made: Int32Array;
}

// Counts, for the test of threads that give values one after another.
giveValues<CountingTask>(async function* ({ to, ending, made }, signal) {
  for (let number = 1; number <= to; number++) {
    await setImmediate();
    signal.throwIfAborted();
    made[0] = number;
    yield number;
  }
  if (ending === 'coded') throw new CodedError('tabular.file_missing', { path: 'orders.csv' });
  if (ending === 'disk-full') throw Object.assign(new Error('no space'), { code: 'ENOSPC', path: '/tmp' });
  if (ending === 'exit') process.exit(3);
});
