import { noteRow, preferenceProfile } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { lineOf, made, orderOf } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';

const server = await testServer({ clock: '2026-06-30T04:00:00Z' });
const { users } = server;

const noted = async (client: TestClient, customerId: number, more: Record<string, unknown> = {}) => {
  const input = { kind: 'need', title: '要更快的交货', ...more };
  const { status, body } = await client.post(`/customers/${customerId}/notes`, input);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return noteRow.parse(body);
};

describe('a note', () => {
  it('says what, when and who said it; each kind with states of its own', async () => {
    const { customerId } = await made(users.member);
    const contact = await users.member.post(`/customers/${customerId}/contacts`, { name: '李总' });
    const need = await noted(users.member, customerId, { contactId: contact.body.contactId });
    expect(need).toMatchObject({
      status: 'open',
      notedOn: '2026-06-30',
      contactName: '李总',
      createdByName: 'member',
    });
    const rival = await noted(users.member, customerId, {
      kind: 'competitor',
      title: '对手',
      sharePercent: 40,
    });
    expect(rival).toMatchObject({ status: 'present', sharePercent: 40 });
    const all = await users.member.get(`/customers/${customerId}/notes?kind=competitor`);
    expect(all.body.items).toHaveLength(1);
    const wrong = await users.member.patch(`/notes/${rival.noteId}`, { status: 'won', rowVersion: 1 });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'notes.status_unknown']);
    await users.manager.patch(`/notes/${rival.noteId}`, { sharePercent: 30, rowVersion: 1 });
    const late = await users.member.patch(`/notes/${rival.noteId}`, { sharePercent: 20, rowVersion: 1 });
    expect([late.status, late.body.params]).toEqual([409, { by: 'manager', fields: 'sharePercent' }]);
    expect((await users.member.delete(`/notes/${rival.noteId}`)).status).toBe(204);
    expect((await users.member.post(`/notes/${rival.noteId}/restore`)).body.sharePercent).toBe(30);
  });

  it('names an indirect customer only to who sees it, and takes none that the writer may not see', async () => {
    const partner = await made(users.director, { ownerId: users.member.userId });
    const end = await made(users.stranger, { name: '最终用户' });
    const body = { kind: 'channel', title: '某工厂', otherCustomerId: end.customerId };
    const refused = await users.member.post(`/customers/${partner.customerId}/notes`, body);
    expect(refused.body.code).toBe('notes.customer_unknown');
    const note = await noted(users.director, partner.customerId, body);
    expect(note.otherCustomerName).toBe('最终用户');
    const seen = await users.member.get(`/customers/${partner.customerId}/notes`);
    expect(seen.body.items).toMatchObject([{ otherCustomerName: null }]);
    expect((await users.stranger.delete(`/notes/${note.noteId}`)).status).toBe(404);
    expect((await users.stranger.get(`/customers/${partner.customerId}/notes`)).status).toBe(404);
  });
});

describe('preferences', () => {
  it('come from the orders of two years, with the number of orders behind each', async () => {
    const { customerId } = await made(users.member);
    const products = await server.asSystem((db) =>
      db
        .insertInto('product')
        .values(['甲', '乙'].map((name) => ({ product_no: name, name })))
        .returning('product_id')
        .execute(),
    );
    const [a, b] = products.map((one) => one.product_id);
    for (const [day, product, amount] of [
      ['2026-06-01', a, 300],
      ['2026-06-08', a, 300],
      ['2026-06-15', b, 100],
      ['2026-06-29', a, 300],
      ['2020-06-01', b, 90_000],
    ] as const) {
      const orderId = await orderOf(server, customerId, day, amount);
      await lineOf(server, orderId, customerId, product ?? null, amount);
    }
    const found = preferenceProfile.parse(
      (await users.member.get(`/customers/${customerId}/preferences`)).body,
    );
    expect(found).toMatchObject({ orders: 4, price: null, rhythm: { medianDays: 7, gaps: 3 } });
    expect(found.products.map(({ name, share, orders }) => [name, share, orders])).toEqual([
      ['甲', 0.9, 3],
      ['乙', 0.1, 1],
    ]);
    expect(found.rhythm?.weekdays[0]).toBe(1);
    expect((await users.stranger.get(`/customers/${customerId}/preferences`)).status).toBe(404);
  });
});
