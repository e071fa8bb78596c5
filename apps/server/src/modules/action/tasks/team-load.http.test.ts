import { teamLoad, worklist } from '@kezi/contract';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { made } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;

/** A warning of the member's customer, as a run leaves it. */
async function warned(customerId: number, detectorId: string, dueOn: string, atRisk: number, more = {}) {
  const row = {
    status: 'open',
    snoozed_until: null as string | null,
    closed_at: null as string | null,
    ...more,
  };
  const { rows } = await server.asSystem((db) =>
    sql<{ id: number }>`
      insert into warning (customer_id, owner_id, team_id, detector_id, status, snoozed_until, closed_at, score,
        value_at_risk, clv, raised_on, due_on, seen_on)
      select c.customer_id, c.owner_id, c.team_id, ${detectorId}, ${row.status}, ${row.snoozed_until}::date,
        ${row.closed_at}::timestamptz, 1, ${atRisk}, 1000, '2026-02-20', ${dueOn}::date, '2026-02-20'
      from customer c where c.customer_id = ${customerId}::bigint returning warning_id as id`.execute(db),
  );
  return rows[0]!.id;
}

const load = async () => {
  const { items } = teamLoad.parse((await users.manager.get('/worklist/team')).body);
  return items.find(({ userId }) => userId === users.member.userId);
};
const list = async () => worklist.parse((await users.member.get('/worklist')).body);

it('counts hours and what is late as the list of that person has them', async () => {
  const [one, other, third] = await Promise.all([made(users.member), made(users.member), made(users.member)]);
  // Two of one customer: one talk, due with the first of them. Today is 2 March.
  await warned(one.customerId, 'concentration', '2026-03-09', 900);
  await warned(one.customerId, 'overdue', '2026-02-25', 100);
  // With a task of its own it stands in the list as that task.
  const planned = await warned(other.customerId, 'overdue', '2026-02-26', 50);
  const task = {
    title: '上门',
    dueOn: '2026-03-05',
    customerId: other.customerId,
    warningId: planned,
    minutes: 120,
  };
  await users.member.post('/tasks', task);
  // Snoozed until today it is back; until tomorrow it is not.
  await warned(third.customerId, 'overdue', '2026-03-04', 10, {
    status: 'snoozed',
    snoozed_until: '2026-03-02',
  });
  await warned(third.customerId, 'contact-gap', '2026-03-04', 7, {
    status: 'snoozed',
    snoozed_until: '2026-03-03',
  });
  const { total, items, today } = await list();
  expect(today).toBe('2026-03-02');
  expect(items.map(({ customerId, dueOn }) => [customerId, dueOn])).toContainEqual([
    one.customerId,
    '2026-02-25',
  ]);
  expect(total).toMatchObject({ count: 3, overdue: 1 });
  expect(await load()).toMatchObject({
    warnings: 4,
    tasks: 1,
    valueAtRisk: 1060,
    overdue: total.overdue,
    minutes: total.minutes,
  });
});

it('counts a warning that ended with its task as one thing done', async () => {
  const { customerId } = await made(users.member);
  const warningId = await warned(customerId, 'overdue', '2026-03-03', 10);
  const { body } = await users.member.post('/tasks', {
    title: '上门',
    dueOn: '2026-03-03',
    customerId,
    warningId,
  });
  const before = (await load())!.closed;
  await users.member.post(`/tasks/${body.taskId}/done`, { rowVersion: body.rowVersion, outcome: 'kept' });
  expect((await load())!.closed).toBe(before + 1);
});
