import type { ErrorCode } from '@kezi/contract/errors';
import type { Engine } from '../engine/engine.js';

interface Reject {
  line: number;
  /** Column number from 1; null when the row as a whole is at fault. */
  column: number | null;
  code: ErrorCode;
  text: string;
}

export interface RejectCount {
  code: ErrorCode;
  rows: number;
  /** The first one, as an example. */
  file: string;
  line: number;
  text: string;
}

/** Rows gathered before they go to the engine. */
const BATCH = 4096;

/** Rows that were not accepted. They are kept in the engine, so their number does not matter. */
export class RejectLog {
  readonly counts = new Map<ErrorCode, RejectCount>();
  rows = 0;
  readonly #engine: Engine;
  #waiting: (Reject & { file: string })[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  add(file: string, reject: Reject): void {
    this.rows++;
    const count = this.counts.get(reject.code);
    if (count === undefined) {
      this.counts.set(reject.code, {
        code: reject.code,
        rows: 1,
        file,
        line: reject.line,
        text: reject.text,
      });
    } else {
      count.rows++;
      // The engine hands rows over in any order; the example is the first line of the first file that has one.
      if (count.file === file && reject.line < count.line)
        Object.assign(count, { line: reject.line, text: reject.text });
    }
    this.#waiting.push({ file, ...reject });
  }

  /** Hands what has been gathered to the engine once it is worth it, or all of it at the end. */
  async flush(atEnd: boolean): Promise<void> {
    const batch = this.#waiting;
    if (batch.length === 0 || (!atEnd && batch.length < BATCH)) return;
    this.#waiting = [];
    await this.#engine.append('reject', [
      { name: 'file', type: 'text', values: batch.map((row) => row.file) },
      { name: 'line', type: 'bigint', values: Float64Array.from(batch, (row) => row.line) },
      {
        name: 'column',
        type: 'integer',
        values: Float64Array.from(batch, (row) => row.column ?? Number.NaN),
      },
      { name: 'code', type: 'text', values: batch.map((row) => row.code) },
      { name: 'text', type: 'text', values: batch.map((row) => row.text) },
    ]);
  }
}
