import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { made, orderOf } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import { retentionJob } from './erase-due.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { administrator, director, member } = server.users;

/** A contact of a customer, as it was at a day. */
async function contactAt(customerId: number, name: string, columns: Record<string, string | null>) {
  const { body } = await member.post(`/customers/${customerId}/contacts`, { name, phones: ['13812345678'] });
  await server.asSystem((db) =>
    sql`update contact set created_at = '2020-01-01T00:00:00Z', left_on = ${columns['left'] ?? null}::date,
      deleted_at = ${columns['deleted'] ?? null}::timestamptz where contact_id = ${body.contactId}::bigint`.execute(
      db,
    ),
  );
  return body.contactId as number;
}

const night = async () => {
  await server.asSystem((db) => enqueueJob(db, retentionJob, {}));
  await server.runJobs();
};
const namesOf = () =>
  server.asSystem(async (db) => {
    const rows = await db.selectFrom('contact').select('name').where('erased_at', 'is', null).execute();
    return rows.map(({ name }) => name).sort();
  });
const set = (periods: object) => administrator.put('/retention', { periods });

const alive = (await made(member)).customerId;
const silent = (await made(member)).customerId;
await orderOf(server, alive, '2026-02-01', 5000);
await orderOf(server, silent, '2023-02-01', 5000);
await contactAt(alive, 'Deleted long ago', { deleted: '2024-01-10T00:00:00Z' });
await contactAt(alive, 'Deleted just now', { deleted: '2026-02-20T00:00:00Z' });
await contactAt(alive, 'Left long ago', { left: '2023-12-31' });
await contactAt(alive, 'Left soon due', { left: '2024-03-15' });
await contactAt(alive, 'Still here', {});
await contactAt(silent, 'Of a silent customer', {});

describe('periods of retention', () => {
  it('are shown with whom they concern before they are set, and belong to the administrator', async () => {
    const { body } = await administrator.get('/retention?deleted=12&left=24&silent=36');
    expect(body.periods).toEqual([
      { kind: 'deleted', months: 12, strikesOn: null, dueNow: 1, dueSoon: 0 },
      { kind: 'left', months: 24, strikesOn: null, dueNow: 1, dueSoon: 1 },
      { kind: 'silent', months: 36, strikesOn: null, dueNow: 1, dueSoon: 0 },
    ]);
    expect(body.next.map((one: { name: string; dueOn: string }) => [one.name, one.dueOn])).toEqual([
      ['Deleted long ago', '2025-01-10'],
      ['Left long ago', '2025-12-31'],
      ['Of a silent customer', '2026-02-01'],
      ['Left soon due', '2026-03-15'],
    ]);
    expect((await administrator.get('/retention')).body).toMatchObject({ periods: [], next: [] });
    expect((await director.get('/retention')).status).toBe(403);
    expect((await administrator.get('/retention?left=0')).status).toBe(400);
  });

  it('strike a week after they were set, and not before', async () => {
    const { body } = await set({ left: 24, silent: 36 });
    expect(body.periods.map((one: { strikesOn: string }) => one.strikesOn)).toEqual([
      '2026-03-09',
      '2026-03-09',
    ]);
    const before = await namesOf();
    await night();
    expect(await namesOf()).toEqual(before);
    server.clock.set('2026-03-09T02:00:00Z');
    await night();
    expect(await namesOf()).toEqual(['Deleted just now', 'Deleted long ago', 'Left soon due', 'Still here']);
    await night();
    expect((await administrator.get('/retention')).body.lastRun).toMatchObject({ erased: 0 });
  });

  it('are on record: who set them, and each person with the period that was over', async () => {
    const { body: changes } = await administrator.get('/audit?action=retention.changed');
    expect(changes.items[0].changes).toMatchObject({ left: [null, 24], silent: [null, 36] });
    const { body: erased } = await administrator.get('/audit?action=person.erased');
    const reasons = erased.items.map((one: { changes: { reason: string } }) => one.changes.reason);
    expect(reasons.sort()).toEqual(['retention.left', 'retention.silent']);
    const { body: ran } = await administrator.get('/audit?action=retention.ran');
    expect(ran.items.map((one: { changes: object }) => one.changes)).toEqual([{ erased: 2 }]);
  });

  it('grow without delay, wait again when they shrink, and end', async () => {
    expect((await set({ left: 30, silent: 12 })).body.periods).toMatchObject([
      { kind: 'left', months: 30, strikesOn: '2026-03-09' },
      { kind: 'silent', months: 12, strikesOn: '2026-03-16' },
    ]);
    expect((await set({})).body.periods).toEqual([]);
    server.clock.set('2027-03-09T02:00:00Z');
    await night();
    expect(await namesOf()).toHaveLength(4);
  });
});
