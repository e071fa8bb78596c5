import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { UserShares } from './user-shares.js';

describe('the share of a user', () => {
  it('is never passed, is handed on in order, and does not hold up others', async () => {
    const shares = new UserShares(3);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const mine = Array.from({ length: 30 }, (_, i) =>
      shares.run(1, async () => {
        order.push(i);
        running += 1;
        most = Math.max(most, running);
        await sleep(2);
        running -= 1;
      }),
    );
    await shares.run(2, () => Promise.resolve(expect(order.length).toBeLessThan(5)));
    await Promise.all(mine);
    expect(most).toBe(3);
    expect(order).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });

  it('is given back by work that fails, and waited for only so long', async () => {
    const shares = new UserShares(1, 20);
    await expect(shares.run(1, () => Promise.reject(new Error('broke')))).rejects.toThrow('broke');
    let free = () => {};
    const long = shares.run(1, () => new Promise<void>((done) => (free = done)));
    await expect(shares.run(1, () => Promise.resolve())).rejects.toMatchObject({ code: 'app.server_busy' });
    free();
    await long;
    expect(await shares.run(1, () => Promise.resolve('next'))).toBe('next');
  });
});
