import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { CountingTask } from '../../testing/counting-thread.js';
import { codedErrorOf } from '../http/problem.js';
import { streamThread } from './stream-thread.js';

const beside = new URL('../../testing/here.ts', import.meta.url).href;

function counted(task: Omit<CountingTask, 'made'>, signal = new AbortController().signal) {
  const made = new Int32Array(new SharedArrayBuffer(4));
  return { made, values: streamThread<number>(beside, 'counting-thread', { ...task, made }, signal) };
}

async function all(values: AsyncIterable<number>): Promise<number[]> {
  const taken: number[] = [];
  for await (const value of values) taken.push(value);
  return taken;
}

describe('a thread that gives values', { timeout: 60_000 }, () => {
  it('gives all of them in their order, one task after another', async () => {
    expect(await all(counted({ to: 5 }).values)).toEqual([1, 2, 3, 4, 5]);
    expect(await all(counted({ to: 2 }).values)).toEqual([1, 2]);
  });

  it('works a few ahead of who takes them, and no more', async () => {
    const { values, made } = counted({ to: 100 });
    for await (const value of values) {
      await pause(value < 4 ? 50 : 0);
      expect(made[0]! - value).toBeLessThanOrEqual(4);
    }
    expect(made[0]).toBe(100);
  });

  it('stops when the loop over its values ends, and is there for the next task', async () => {
    const { values, made } = counted({ to: 1_000_000 });
    for await (const value of values) if (value === 3) break;
    const then = made[0];
    expect(await all(counted({ to: 1 }).values)).toEqual([1]);
    expect([made[0], then! < 10]).toEqual([then, true]);
  });

  it('stops when the signal is aborted, also while a value is waited for', async () => {
    const stop = new AbortController();
    const { values } = counted({ to: 1_000_000 }, stop.signal);
    const work = (async () => {
      for await (const value of values) if (value === 2) stop.abort(new Error('cancelled'));
    })();
    await expect(work).rejects.toThrow('cancelled');
    expect(await all(counted({ to: 1 }).values)).toEqual([1]);
  });

  it('tells what went wrong as if it had been thrown here', async () => {
    await expect(all(counted({ to: 1, ending: 'coded' }).values)).rejects.toMatchObject({
      code: 'tabular.file_missing',
      params: { path: 'orders.csv' },
    });
    const full = await all(counted({ to: 1, ending: 'disk-full' }).values).catch((error: unknown) => error);
    expect(codedErrorOf(full, '')).toMatchObject({ code: 'app.disk_full', params: { folder: '/tmp' } });
  });

  it('that breaks off fails its task, and another one takes the next', async () => {
    await expect(all(counted({ to: 1, ending: 'exit' }).values)).rejects.toThrow('ended with code 3');
    expect(await all(counted({ to: 1 }).values)).toEqual([1]);
  });
});
