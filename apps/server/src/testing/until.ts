import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks until it is so, and hands back what was found. The patience is that of a machine with other work; what is no
 * matter of time takes no longer than it takes.
 * @throws Error when it does not come to that
 */
export async function until<Value>(
  ask: () => Promise<Value> | Value,
  holds: (value: Value) => boolean = Boolean,
  patienceMs = 50_000,
): Promise<Value> {
  for (const deadline = performance.now() + patienceMs; ;) {
    const value = await ask();
    if (holds(value)) return value;
    if (performance.now() > deadline) throw new Error(`It did not come to that in ${patienceMs / 1000} s.`);
    await sleep(10);
  }
}
