/** Bytes kept for the words of a failure. */
const WORDS = 2000;
const DONE = 0;
const FAILED = 1;

/** Shared memory in which helpers count what they have done: the asking thread can sleep on it. */
export class HelperDesk {
  readonly memory: SharedArrayBuffer;
  private readonly counts: Int32Array;

  constructor(memory = new SharedArrayBuffer(8 + WORDS)) {
    this.memory = memory;
    this.counts = new Int32Array(memory, 0, 2);
  }

  /** Called by a helper at the end of a task. */
  finish(): void {
    Atomics.add(this.counts, DONE, 1);
    Atomics.notify(this.counts, DONE);
  }

  /** Called by a helper before `finish` when the task could not be done. */
  fail(words: string): void {
    new Uint8Array(this.memory, 8).set(new TextEncoder().encode(words).subarray(0, WORDS));
    Atomics.store(this.counts, FAILED, 1);
  }

  get done(): number {
    return Atomics.load(this.counts, DONE);
  }

  /** Sleeps until more than `done` tasks are done, or for a while. */
  sleep(done: number, milliseconds: number): void {
    Atomics.wait(this.counts, DONE, done, milliseconds);
  }

  /** Error with a helper's words when one has failed. */
  check(): void {
    if (Atomics.load(this.counts, FAILED) === 0) return;
    const bytes = new Uint8Array(this.memory, 8).slice();
    const end = bytes.indexOf(0);
    throw new Error(`A thread failed: ${new TextDecoder().decode(bytes.subarray(0, end < 0 ? WORDS : end))}`);
  }
}
