import { expect, it } from 'vitest';
import { made, orderOf } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import { demoOwnership } from './demo-ownership.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { member } = server.users;

it('gives back to the pools for a reason that the orders bear out', async () => {
  const idOf = async () => (await made(member)).customerId as number;
  const [busy, late, silent, never] = [await idOf(), await idOf(), await idOf(), await idOf()];
  await orderOf(server, busy, '2026-02-20', 100);
  await orderOf(server, busy, '2026-02-25', 100);
  await orderOf(server, late, '2025-12-01', 100);
  await orderOf(server, silent, '2025-01-01', 100);
  await server.asSystem((db) =>
    demoOwnership.hear({ userId: 1 }, server.platform, db, {
      eventId: 1,
      recordedAt: '2026-03-02T02:00:00Z',
    }),
  );
  const periods = await server.asSystem((db) =>
    db
      .selectFrom('ownership_period')
      .where('customer_id', 'in', [busy, late, silent, never])
      .where('manner', '=', 'recycle')
      .select(['customer_id', 'reason'])
      .execute(),
  );
  // The longest silent first, by hand and by the rule in turn: the rule may take none that ordered within half a year.
  expect(periods.map((one) => one.customer_id)).toEqual([never]);
  expect(periods[0]?.reason).toBe('半年没有下单');
});
