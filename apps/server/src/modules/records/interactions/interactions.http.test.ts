import { interactionRow, timelineEntry, type TimelineEntry } from '@kezi/contract';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { made, orderOf, publish } from '../../../testing/customer-records.js';
import { importFile } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { users } = server;

const call = (more: Record<string, unknown> = {}) => ({ kind: 'call', summary: '聊了续约', ...more });

async function logged(client: TestClient, customerId: number, more: Record<string, unknown> = {}) {
  const { status, body } = await client.post(`/customers/${customerId}/interactions`, call(more));
  if (status !== 201) throw new Error(JSON.stringify(body));
  return interactionRow.parse(body);
}

async function contactOf(client: TestClient, customerId: number, name = '王小明'): Promise<number> {
  return (await client.post(`/customers/${customerId}/contacts`, { name })).body.contactId as number;
}

async function timeline(client: TestClient, customerId: number, query = '') {
  const { body } = await client.get<{ items: unknown[]; nextCursor: string | null }>(
    `/customers/${customerId}/timeline?${query}`,
  );
  return { items: body.items.map((item) => timelineEntry.parse(item)), nextCursor: body.nextCursor };
}

describe('writing down an interaction', () => {
  it('takes one field: it happened now, and whoever writes took part', async () => {
    const { customerId } = await made(users.member);
    const row = await logged(users.member, customerId);
    expect(row).toMatchObject({
      customerId,
      kind: 'call',
      happenedAt: '2026-03-02T02:00:00.000Z',
      summary: '聊了续约',
      outcome: null,
      nextStep: null,
      contacts: [],
      users: [{ userId: users.member.userId, name: 'member' }],
      createdByName: 'member',
      rowVersion: 1,
    });
  });

  it('keeps participants, outcome and the next step with its day', async () => {
    const { customerId } = await made(users.member);
    const contactId = await contactOf(users.member, customerId);
    const row = await logged(users.member, customerId, {
      kind: 'visit',
      happenedAt: '2026-03-01T14:30:00.123+08:00',
      contactIds: [contactId, contactId],
      userIds: [],
      outcome: '同意试用',
      nextStep: '送样品',
      nextStepOn: '2026-03-10',
    });
    expect(row).toMatchObject({
      happenedAt: '2026-03-01T06:30:00.123Z',
      contacts: [{ contactId, name: '王小明' }],
      users: [],
      outcome: '同意试用',
      nextStep: '送样品',
      nextStepOn: '2026-03-10',
    });
  });

  it('has its effect once for one key', async () => {
    const { customerId } = await made(users.member);
    const key = { 'idempotency-key': 'call-1' };
    const send = () => users.member.post(`/customers/${customerId}/interactions`, call(), key);
    const answers = await Promise.all([send(), send(), send()]);
    expect(new Set(answers.map(({ body }) => body.interactionId)).size).toBe(1);
    expect((await timeline(users.member, customerId)).items).toHaveLength(1);
  });

  it.each([0.1, 1.5, 10])('refuses %d MB of pasted text in words that name the limit', async (megabytes) => {
    const { customerId } = await made(users.member);
    const summary = 'x'.repeat(megabytes * 1_000_000);
    const { status, body } = await users.member.post(
      `/customers/${customerId}/interactions`,
      call({ summary }),
    );
    expect([status, body.code, body.params]).toEqual([
      413,
      'interactions.summary_too_large',
      { limit: 20_000 },
    ]);
    expect(body.detail).toContain('20000');
    expect((await timeline(users.member, customerId)).items).toEqual([]);
  });

  it.each([
    [{ summary: ' ' }, 400, 'app.invalid_input'],
    [{ summary: 'a\0b' }, 400, 'app.invalid_input'],
    [{ kind: 'order' }, 400, 'app.invalid_input'],
    [{ happenedAt: '2026-03-01' }, 400, 'app.invalid_input'],
    [{ happenedAt: '2026-03-02T02:11:00Z' }, 422, 'interactions.not_yet'],
    [{ happenedAt: '1899-01-01T00:00:00Z' }, 422, 'interactions.not_yet'],
    [{ nextStepOn: '2026-03-10' }, 422, 'interactions.next_step_missing'],
    [{ contactIds: [99_999_999] }, 422, 'interactions.contact_unknown'],
    [{ userIds: [99_999] }, 422, 'interactions.user_unknown'],
    [{ contactIds: Array.from({ length: 51 }, (_, i) => i + 1) }, 400, 'app.invalid_input'],
  ])('refuses %j', async (wrong, status, code) => {
    const { customerId } = await made(users.member);
    const answer = await users.member.post(`/customers/${customerId}/interactions`, call(wrong));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await timeline(users.member, customerId)).items).toEqual([]);
  });

  it('refuses contacts of another customer, and colleagues whom the writer does not see', async () => {
    const { customerId } = await made(users.member);
    const elsewhere = await contactOf(users.member, (await made(users.member)).customerId);
    const path = `/customers/${customerId}/interactions`;
    const across = await users.member.post(path, call({ contactIds: [elsewhere] }));
    expect([across.status, across.body.code]).toEqual([422, 'interactions.contact_unknown']);
    const unseen = await users.member.post(path, call({ userIds: [users.stranger.userId] }));
    expect([unseen.status, unseen.body.code]).toEqual([422, 'interactions.user_unknown']);
  });
});

describe('changing an interaction', () => {
  it('changes what is named; a second writer is told what the first has changed', async () => {
    const { customerId } = await made(users.member);
    const contactId = await contactOf(users.member, customerId);
    const { interactionId, contacts } = await logged(users.member, customerId, {
      nextStep: '报价',
      nextStepOn: '2026-03-05',
      contactIds: [contactId],
    });
    const path = `/interactions/${interactionId}`;
    const first = await users.manager.patch(path, { outcome: '有意向', nextStep: null, rowVersion: 1 });
    expect(first.body).toMatchObject({
      outcome: '有意向',
      nextStep: null,
      nextStepOn: null,
      summary: '聊了续约',
      rowVersion: 2,
    });
    const late = await users.member.patch(path, { outcome: '没意向', rowVersion: 1 });
    expect([late.status, late.body.code, late.body.params]).toEqual([
      409,
      'interactions.changed',
      { by: 'manager', fields: 'nextStep, nextStepOn, outcome' },
    ]);
    expect(contacts).toHaveLength(1);
    // Somebody who took part and is deleted since is no reason to refuse another change.
    await users.member.delete(`/contacts/${contactId}`);
    const same = { summary: '改过', contactIds: [contactId], rowVersion: 2 };
    expect((await users.member.patch(path, same)).body).toMatchObject({ summary: '改过', contacts: [] });
  });

  it('deletes so that it can be undone', async () => {
    const { customerId } = await made(users.member);
    const { interactionId } = await logged(users.member, customerId);
    expect((await users.member.delete(`/interactions/${interactionId}`)).status).toBe(204);
    expect((await timeline(users.member, customerId)).items).toEqual([]);
    expect((await users.member.delete(`/interactions/${interactionId}`)).status).toBe(404);
    expect((await users.member.post(`/interactions/${interactionId}/restore`)).body.interactionId).toBe(
      interactionId,
    );
    expect((await timeline(users.member, customerId)).items).toHaveLength(1);
  });
});

/** A customer with something of every source, several of them at one moment. */
async function eventful(): Promise<number> {
  const { customerId } = await made(users.member);
  // Midnight in Shanghai, the moment at which the order of that day stands.
  for (const kind of ['note', 'mail', 'call', 'call']) {
    await logged(users.member, customerId, { kind, happenedAt: '2026-02-19T16:00:00Z' });
  }
  await logged(users.member, customerId, { kind: 'visit', happenedAt: '2026-02-19T15:59:59.999Z' });
  for (const day of ['2026-02-20', '2026-02-20', '2026-01-05'])
    await orderOf(server, customerId, day, 12_345);
  await publish(server, '2026-01-31', [{ customerId, pAlive: 0.5, spend: 10, clv: 50 }]);
  await publish(server, '2026-02-28', [{ customerId, pAlive: 0.5, spend: 10, clv: 70 }]);
  await users.manager.patch(`/customers/${customerId}`, { ownerId: users.manager.userId, rowVersion: 1 });
  await users.manager.patch(`/customers/${customerId}`, { region: '上海', rowVersion: 2 });
  return customerId;
}

const short = (entry: TimelineEntry): string => {
  if (entry.source === 'interaction') return entry.interaction.kind;
  if (entry.source === 'order') return `order ${entry.order.orderedOn}`;
  if (entry.source === 'score') return `score ${entry.score.clv}`;
  if (entry.source === 'contract' || entry.source === 'payment') return entry.source;
  return `${entry.owner.ownerBefore} > ${entry.owner.ownerAfter} by ${entry.owner.by}`;
};

describe('the timeline', () => {
  it('puts everything in one order, whoever sees the customer, page by page the same as at once', async () => {
    const customerId = await eventful();
    const whole = await timeline(users.manager, customerId);
    expect(whole.nextCursor).toBeNull();
    // The change of owner was a moment ago by the clock of the database, which is not that of the test.
    expect(whole.items.map(short)).toEqual([
      'member > manager by manager',
      'score 70',
      'call',
      'call',
      'mail',
      'note',
      'order 2026-02-20',
      'order 2026-02-20',
      'visit',
      'score 50',
      'order 2026-01-05',
    ]);
    for (const client of [users.manager, users.director]) {
      for (const limit of [1, 2, 3, 7]) {
        const paged: TimelineEntry[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
          const page = await timeline(client, customerId, `limit=${limit}${more}`);
          paged.push(...page.items);
          cursor = page.nextCursor;
        }
        expect(paged).toEqual(whole.items);
      }
    }
  });

  it('is narrowed to kinds', async () => {
    const customerId = await eventful();
    const kinds = async (query: string) =>
      (await timeline(users.manager, customerId, query)).items.map(short);
    expect(await kinds('kind=visit&kind=order')).toEqual([
      'order 2026-02-20',
      'order 2026-02-20',
      'visit',
      'order 2026-01-05',
    ]);
    expect(await kinds('kind=owner')).toEqual(['member > manager by manager']);
    expect(await kinds('kind=score')).toEqual(['score 70', 'score 50']);
    expect(await kinds('kind=meeting')).toEqual([]);
  });

  it('gives a key only what the key may read', async () => {
    const customerId = await eventful();
    const made = await users.manager.post('/keys', {
      name: 'reads interactions',
      scopes: ['interactions:read'],
    });
    const { body } = await users.anonymous.get(`/customers/${customerId}/timeline`, {
      authorization: `Bearer ${made.body.key}`,
    });
    const sources = (body.items as TimelineEntry[]).map((entry) => entry.source);
    expect(new Set(sources)).toEqual(new Set(['interaction']));
  });

  it('refuses a place that is none', async () => {
    const { customerId } = await made(users.member);
    const places = [['x', 0, 1], ['2026-99-99T00:00:00Z', 0, 1], ['2026-01-01T00:00:00Z', 'a', 1], [1]];
    for (const place of places) {
      const cursor = Buffer.from(JSON.stringify(place)).toString('base64url');
      const answer = await users.member.get(`/customers/${customerId}/timeline?cursor=${cursor}`);
      expect([answer.status, answer.body.code]).toEqual([422, 'app.cursor_invalid']);
    }
  });

  it('of one customer among many is read by its index', async () => {
    const { customerId } = await made(users.member);
    const plan = await server.asSystem(async (db) => {
      await sql`
        insert into interaction (customer_id, kind, happened_at, summary)
        select ${customerId}::bigint, 'note', timestamptz '2020-01-01' + i * interval '1 minute', 'x'
        from generate_series(1, 20000) as i`.execute(db);
      // Without statistics the planner takes the customer for a small one, and sorts.
      await sql`set local enable_bitmapscan = off`.execute(db);
      const { rows } = await sql<{ 'QUERY PLAN': string }>`
        explain select * from interaction i
        where i.deleted_at is null and i.customer_id = ${customerId}::bigint
          and (i.happened_at, i.interaction_id) < (timestamptz '2020-01-05', 1::bigint)
        order by i.happened_at desc, i.interaction_id desc limit 51`.execute(db);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toContain('interaction_of_customer');
    expect(plan).not.toContain('Sort');
  });
});

describe('who sees an interaction', () => {
  it('is who sees its customer; for others it does not exist', async () => {
    const { customerId } = await made(users.stranger);
    const { interactionId } = await logged(users.stranger, customerId);
    for (const client of [users.member, users.manager]) {
      const tries = await Promise.all(
        [interactionId, 99_999_999].map(async (id) => [
          await client.get(`/interactions/${id}`),
          await client.patch(`/interactions/${id}`, { summary: 'x', rowVersion: 1 }),
          await client.delete(`/interactions/${id}`),
          await client.post(`/interactions/${id}/restore`),
        ]),
      );
      const bodies = tries.map((answers) => answers.map(({ body }) => ({ ...body, requestId: '' })));
      expect(bodies[0]).toEqual(bodies[1]);
      expect(bodies[0]?.map((body) => [body.status, body.code])).toEqual(
        Array.from({ length: 4 }, () => [404, 'interactions.not_found']),
      );
      for (const id of [customerId, 99_999_999]) {
        expect((await client.get(`/customers/${id}/timeline`)).body.code).toBe('customers.not_found');
        const answer = await client.post(`/customers/${id}/interactions`, call());
        expect(answer.body.code).toBe('customers.not_found');
      }
    }
    for (const client of [users.stranger, users.other, users.director]) {
      expect((await client.get(`/interactions/${interactionId}`)).status).toBe(200);
    }
  });

  it('goes over with the customer; those who were on it are named to the new owner, and nothing else of them', async () => {
    const { customerId } = await made(users.member);
    const { interactionId } = await logged(users.member, customerId);
    await users.administrator.patch(`/customers/${customerId}`, {
      ownerId: users.stranger.userId,
      rowVersion: 1,
    });
    expect((await users.member.get(`/interactions/${interactionId}`)).status).toBe(404);
    const { items } = await timeline(users.stranger, customerId);
    // Both at the one moment of the clock: then by source.
    expect(items.map(short)).toEqual(['call', 'member > stranger by administrator']);
    expect(items[0]).toMatchObject({
      interaction: { createdByName: 'member', users: [{ userId: users.member.userId, name: 'member' }] },
    });
    expect((await users.stranger.get(`/users/${users.member.userId}`)).status).toBe(404);
    const { items: seen } = (await users.stranger.get('/users')).body;
    expect(seen.map((one: { name: string }) => one.name)).not.toContain('member');
    // Who took part stays when the new owner changes something else, though they could not be added by him.
    const summary = { summary: '补记', userIds: [users.member.userId], rowVersion: 1 };
    expect((await users.stranger.patch(`/interactions/${interactionId}`, summary)).status).toBe(200);
  });

  it('keeps a customer from going when its import is undone', async () => {
    const file = '客户编号,客户名称\nU-1,留下的客户\nU-2,走掉的客户\n';
    const { importBatchId } = await importFile(server, users.administrator, 'customers', file);
    const kept = (await users.administrator.get('/customers?q=留下的客户')).body.items[0];
    await logged(users.administrator, kept.customerId);
    await users.administrator.post(`/imports/${importBatchId}/undo`, { keepTouched: true });
    await server.runJobs();
    const left = await users.administrator.get('/customers?q=的客户');
    expect(left.body.items.map((one: { name: string }) => one.name)).toEqual(['留下的客户']);
  });
});
