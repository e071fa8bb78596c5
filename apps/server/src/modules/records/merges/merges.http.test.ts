import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { lineOf, made, orderOf, publish } from '../../../testing/customer-records.js';
import { importFile } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';
import { customerReferences } from './customer-references.js';

const server = await testServer();
const { users } = server;

const merge = async (client: TestClient, remainingId: number, mergedId: number, fields = {}) => {
  const preview = await client.get(`/customers/${remainingId}/merge?mergedId=${mergedId}`);
  if (preview.status !== 200) return preview;
  const { remaining, merged } = preview.body;
  return client.post(`/customers/${remainingId}/merge`, {
    mergedId,
    rowVersion: remaining.rowVersion,
    mergedRowVersion: merged.rowVersion,
    fields,
  });
};

/** Every row of every table but those that tell of what was done, as text. */
async function snapshot(): Promise<Map<string, string>> {
  const tables = new Map<string, string>();
  await server.asSystem(async (db) => {
    const { rows } = await sql<{ name: string }>`
      select c.relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'
        and has_table_privilege('kezi_all', c.oid, 'select')
        and relname !~ '^(audit|idempotency|event|job|kysely|lake_dirty|warning_dirty|customer_merge|api_|session|app_user|group_membership)'`.execute(
      db,
    );
    for (const { name } of rows) {
      const { rows: all } = await sql<{ text: string }>`
        select coalesce(string_agg(line, E'\n' order by line), '') as text from (
          select (to_jsonb(t) - array['row_version', 'updated_at', 'is_credit_code_sole'])::text as line
          from ${sql.id(name)} t) lines`.execute(db);
      tables.set(name, all[0]?.text ?? '');
    }
  });
  return tables;
}

async function pairOfCustomers() {
  const kept = await made(users.member, {
    name: '上海星辰电子科技有限公司',
    region: '上海',
    custom: { a: '1' },
  });
  const gone = await made(users.member, {
    name: '上海星辰电子有限公司',
    shortName: '星辰',
    industry: '制造',
    custom: { a: '2', b: '3' },
  });
  return { kept, gone };
}

describe('a merge', () => {
  it('is shown before it is done, field by field, and loses nothing', async () => {
    const { kept, gone } = await pairOfCustomers();
    const ids: number[] = [kept.customerId, gone.customerId];
    for (const id of ids) {
      const orderId = await orderOf(server, id, '2026-01-05', 500);
      await lineOf(server, orderId, id, null, 500);
      const person = { name: '李娜', isPrimary: true, phones: ['13900001111'] };
      expect((await users.member.post(`/customers/${id}/contacts`, person)).status).toBe(201);
      const call = { kind: 'call', happenedAt: '2026-02-01T02:00:00Z', summary: '问账期' };
      expect((await users.member.post(`/customers/${id}/interactions`, call)).status).toBe(201);
    }
    const child = await made(users.member, { name: '子公司', parentCustomerId: gone.customerId });
    await publish(
      server,
      '2026-01-31',
      ids.map((customerId) => ({ customerId, pAlive: 0.5, spend: 10, clv: 50 })),
    );

    const before = await snapshot();
    const preview = await users.manager.get(
      `/customers/${kept.customerId}/merge?mergedId=${gone.customerId}`,
    );
    expect([preview.body.remaining.orders, preview.body.merged.orders]).toEqual([1, 1]);
    expect(preview.body.fields).toEqual(
      expect.arrayContaining([
        { field: 'name', remaining: kept.name, merged: gone.name, choice: 'remaining' },
        { field: 'shortName', remaining: null, merged: '星辰', choice: 'merged' },
        { field: 'custom.a', remaining: '1', merged: '2', choice: 'remaining' },
        { field: 'custom.b', remaining: null, merged: '3', choice: 'merged' },
      ]),
    );
    expect(preview.body.rows).toEqual(
      expect.arrayContaining([
        { table: 'contact', count: 1 },
        { table: 'customer_order', count: 1 },
        { table: 'interaction', count: 1 },
        { table: 'subsidiary', count: 1 },
      ]),
    );
    expect(await snapshot()).toEqual(before);

    const done = await merge(users.manager, kept.customerId, gone.customerId, { 'custom.a': 'merged' });
    expect(done.status).toBe(201);
    expect(done.body.customer).toMatchObject({
      name: kept.name,
      shortName: '星辰',
      industry: '制造',
      region: '上海',
      custom: { a: '2', b: '3' },
      formerNumbers: [gone.customerNo],
      subsidiaries: [{ customerId: child.customerId }],
    });
    const orders = await users.member.get(`/customers/${kept.customerId}/orders`);
    expect(orders.body.items).toHaveLength(2);
    const people = (await users.member.get(`/customers/${kept.customerId}/contacts`)).body.items;
    expect(people.map((one: { isPrimary: boolean }) => one.isPrimary).toSorted()).toEqual([false, true]);
    const entries = (await users.member.get(`/customers/${kept.customerId}/timeline?limit=50`)).body.items;
    expect(entries.filter((entry: { source: string }) => entry.source === 'interaction')).toHaveLength(2);
    // The old id and the old number lead to the customer that remains.
    const old = await users.member.get(`/customers/${gone.customerId}`);
    expect(old.body.customerId).toBe(kept.customerId);
    const [byOld, byNew] = await Promise.all(
      [gone, kept].map((one) => users.member.get(`/customers/${one.customerId}/rhythm`)),
    );
    expect(byNew?.body.days).toHaveLength(1);
    expect(byOld?.body).toEqual(byNew?.body);
    const sought = await users.member.get(`/customers?q=${gone.customerNo}`);
    expect(sought.body.items).toMatchObject([{ customerId: kept.customerId }]);
    const again = await users.member.post('/customers', { customerNo: gone.customerNo, name: '新的' });
    expect([again.status, again.body.code]).toEqual([409, 'customers.number_conflict']);

    const undone = await users.manager.post(`/merges/${done.body.merge.customerMergeId}/undo`);
    expect(undone.status).toBe(200);
    expect(undone.body).toMatchObject({ ordersSince: 0 });
    const after = await snapshot();
    expect([...before].filter(([table, text]) => after.get(table) !== text)).toEqual([]);
    const twice = await users.manager.post(`/merges/${done.body.merge.customerMergeId}/undo`);
    expect(twice.body.code).toBe('merges.undone');
  });

  it('is undone after new orders came, which stay, and not after 30 days', async () => {
    const { kept, gone } = await pairOfCustomers();
    await orderOf(server, gone.customerId, '2026-01-05', 500);
    const file = (day: string, amount: number) =>
      `订单号,客户编号,订单日期,金额\nM-${day},${gone.customerNo},${day},${amount}\n`;
    await importFile(server, users.member, 'orders', file('2026-01-20', 700));
    const done = await merge(users.manager, kept.customerId, gone.customerId);
    // The file knows the old number still: no customer is made, and what came before is the same order.
    const again = await importFile(server, users.member, 'orders', file('2026-01-20', 700));
    expect(again.counts).toMatchObject({ records: { customers: { added: 0 }, orders: { unchanged: 1 } } });
    const later = await importFile(server, users.member, 'orders', file('2026-02-20', 900));
    expect(later.counts).toMatchObject({ records: { customers: { added: 0 }, orders: { added: 1 } } });
    await users.member.patch(`/customers/${kept.customerId}`, {
      industry: '零售',
      rowVersion: done.body.customer.rowVersion,
    });
    const undone = await users.manager.post(`/merges/${done.body.merge.customerMergeId}/undo`);
    expect(undone.body).toMatchObject({ ordersSince: 1 });
    const of = async (id: number) => (await users.member.get(`/customers/${id}/orders`)).body.items;
    expect(await of(gone.customerId)).toHaveLength(2);
    expect(await of(kept.customerId)).toHaveLength(1);
    // What was edited later is not overwritten; what was not is as before.
    const now = (await users.member.get(`/customers/${kept.customerId}`)).body;
    expect(now).toMatchObject({ industry: '零售', shortName: null });

    const second = await merge(users.manager, kept.customerId, gone.customerId);
    server.clock.advance(31 * 86_400_000);
    const late = await users.manager.post(`/merges/${second.body.merge.customerMergeId}/undo`);
    expect(late.body.code).toBe('merges.undo_too_late');
    server.clock.advance(-31 * 86_400_000);
    // A file of customers under the old number fills what is open, and overwrites nothing.
    const batch = await importFile(
      server,
      users.member,
      'customers',
      `客户编号,客户名称,行业,地区\n${gone.customerNo},旧名字,餐饮,北京\n`,
    );
    expect(batch.counts).toMatchObject({ rejected: 0, records: { customers: { added: 0 } } });
    expect((await users.member.get(`/customers/${kept.customerId}`)).body).toMatchObject({
      name: kept.name,
      industry: '零售',
      region: '上海',
    });
  });

  it('is refused where one of the two is not in sight, the same as one that does not exist', async () => {
    const { kept } = await pairOfCustomers();
    const hidden = await made(users.stranger);
    const before = await snapshot();
    for (const [remaining, gone] of [
      [kept.customerId, hidden.customerId],
      [hidden.customerId, kept.customerId],
      [kept.customerId, 99_999_999],
    ] as const) {
      const preview = await users.manager.get(`/customers/${remaining}/merge?mergedId=${gone}`);
      expect([preview.status, preview.body.code]).toEqual([404, 'customers.not_found']);
      const input = { mergedId: gone, rowVersion: 1, mergedRowVersion: 1 };
      const done = await users.manager.post(`/customers/${remaining}/merge`, input);
      expect([done.status, done.body.code]).toEqual([404, 'customers.not_found']);
    }
    const { gone } = await pairOfCustomers();
    expect((await merge(users.member, kept.customerId, gone.customerId)).status).toBe(403);
    const self = await merge(users.manager, kept.customerId, kept.customerId);
    expect(self.body.code).toBe('merges.same');
    const stale = await users.manager.post(`/customers/${kept.customerId}/merge`, {
      mergedId: gone.customerId,
      rowVersion: 7,
      mergedRowVersion: 1,
    });
    expect([stale.status, stale.body.code]).toEqual([409, 'customers.changed']);
    expect((await snapshot()).get('customer_order')).toBe(before.get('customer_order'));
  });

  it('closes no circle of parents, whoever stands below whom', async () => {
    const top = await made(users.member);
    const middle = await made(users.member, { parentCustomerId: top.customerId });
    const bottom = await made(users.member, { parentCustomerId: middle.customerId });
    const done = await merge(users.manager, bottom.customerId, top.customerId);
    expect(done.status).toBe(201);
    const parentOf = async (id: number) => (await users.member.get(`/customers/${id}`)).body.parentCustomerId;
    expect(await parentOf(bottom.customerId)).toBeNull();
    expect(await parentOf(middle.customerId)).toBe(bottom.customerId);
    await users.manager.post(`/merges/${done.body.merge.customerMergeId}/undo`);
    expect(await parentOf(middle.customerId)).toBe(top.customerId);
  });

  it('takes along a table that nobody has told it of', async () => {
    const { kept, gone } = await pairOfCustomers();
    const found = await server.asSystem(customerReferences);
    const names = found.map(({ table, column }) => `${table}.${column}`);
    expect(names).toEqual(
      expect.arrayContaining(['contact.customer_id', 'customer_order.customer_id', 'order_line.customer_id']),
    );
    // Every column of that type that is called like one is either there, or made again from others.
    const columns = await server.asSystem((db) =>
      sql<{ name: string }>`
        select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public' and column_name like '%customer\\_id'`.execute(db),
    );
    const exceptions = columns.rows.map(({ name }) => name).filter((name) => !names.includes(name));
    expect(exceptions.sort()).toEqual([
      'customer.customer_id',
      'customer.parent_customer_id',
      'customer_alias.former_customer_id',
      'customer_key.customer_id',
      'customer_quality.customer_id',
      'customer_token.customer_id',
      'lake_dirty_customer.customer_id',
      'lookalike.customer_id',
      'poaching_sign.customer_id',
      'register_entry.customer_id',
      'register_entry.parent_customer_id',
      'warning_dirty_customer.customer_id',
      'warning_look.customer_id',
    ]);
    // A table that is only added to must not hold its customer by a foreign key: the customer could not go.
    expect(found.filter(({ canChange }) => !canChange).map(({ table }) => table)).toEqual([]);
    expect(kept.customerId).toBeLessThan(gone.customerId);
  });

  it('can be followed by another of the one that remained, and both be undone in any order', async () => {
    const { kept, gone } = await pairOfCustomers();
    const last = await made(users.member);
    const orderId = await orderOf(server, gone.customerId, '2026-01-05', 500);
    const first = await merge(users.manager, kept.customerId, gone.customerId);
    const second = await merge(users.manager, last.customerId, kept.customerId);
    expect(second.status).toBe(201);
    expect((await users.member.get(`/customers/${gone.customerId}`)).body.customerId).toBe(last.customerId);
    const undo = (answer: { body: { merge: { customerMergeId: number } } }) =>
      users.manager.post(`/merges/${answer.body.merge.customerMergeId}/undo`);
    expect((await undo(first)).status).toBe(200);
    expect((await undo(second)).status).toBe(200);
    for (const { customerId, customerNo } of [kept, gone, last]) {
      expect((await users.member.get(`/customers/${customerId}`)).body).toMatchObject({
        customerId,
        customerNo,
      });
    }
    expect((await users.member.get(`/orders/${orderId}`)).body.customerId).toBe(gone.customerId);
    const list = await users.member.get('/merges?limit=2');
    expect(list.body.items).toHaveLength(2);
  });
});
