import { createHmac } from 'node:crypto';
import { deliveryPage, webhookMade, type DeliveryRow } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { queueDue } from '../../../platform/outbound/put-delivery.js';
import { made } from '../../../testing/customer-records.js';
import { outsidePlace } from '../../../testing/outside-place.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';

const server = await testServer();
const { users, clock } = server;
const place = await outsidePlace();
const url = `http://${place.host}/in`;

const later = async (minutes: number) => {
  clock.set(new Date(clock.now().getTime() + minutes * 60_000).toISOString());
  await server.asSystem((db) => queueDue(db, clock.now()));
  await server.runJobs();
};

const history = async (webhookId: number): Promise<DeliveryRow[]> =>
  deliveryPage.parse((await users.administrator.get(`/deliveries?webhookId=${webhookId}`)).body).items;

async function webhookOf(client: TestClient, events: string[]) {
  const { status, body } = await client.post('/webhooks', { name: '订单系统', url, events });
  expect([status, body]).toEqual([201, expect.anything()]);
  return webhookMade.parse(body);
}

const contactAt = async (client: TestClient, customerId: number, name: string) => {
  expect((await client.post(`/customers/${customerId}/contacts`, { name })).status).toBe(201);
  await server.runJobs();
};

const inNorth = (await made(users.member)).customerId as number;
const inSouth = (await made(users.stranger)).customerId as number;

describe('where a webhook may lead', () => {
  it.each([
    ['https://127.1/x', 'outbound.address_refused'],
    ['https://0x7f.1/x', 'outbound.address_refused'],
    ['https://[::ffff:7f00:1]/x', 'outbound.address_refused'],
    ['https://localhost/x', 'outbound.address_refused'],
    ['https://db.localhost./x', 'outbound.address_refused'],
    ['https://[64:ff9b::7f00:1]/x', 'outbound.address_refused'],
    ['http://example.com/x', 'outbound.not_encrypted'],
    ['file:///etc/passwd', 'outbound.url_invalid'],
  ])('refuses %s', async (hostile, code) => {
    const { status, body } = await users.manager.post('/webhooks', {
      name: 'x',
      url: hostile,
      events: ['task.changed'],
    });
    expect([status, body.code]).toEqual([422, code]);
  });

  it('calls a host of the company only when an administrator names it', async () => {
    const wish = { name: 'x', url, events: ['task.changed'] };
    expect((await users.manager.post('/webhooks', wish)).body.code).toBe('outbound.address_refused');
    const { rowVersion } = (await users.administrator.get('/outbound')).body;
    expect((await users.manager.patch('/outbound', { allowedHosts: [place.host], rowVersion })).status).toBe(
      403,
    );
    const set = await users.administrator.patch('/outbound', { allowedHosts: [place.host], rowVersion });
    expect([set.status, set.body.allowedHosts]).toEqual([200, [place.host]]);
    expect((await users.member.post('/webhooks', wish)).status).toBe(403);
  });
});

describe('what is sent', () => {
  it('is signed, holds numbers and no name, and of customers whom its maker sees alone', async () => {
    const { webhook, secret } = await webhookOf(users.manager, ['contact.changed']);
    await contactAt(users.stranger, inSouth, '南方的人');
    expect(place.heard).toHaveLength(0);
    await contactAt(users.member, inNorth, '北方的人');
    expect(place.heard).toHaveLength(1);
    const { headers, body } = place.heard[0]!;
    const signature = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['kezi-signature']))!;
    expect(signature[2]).toBe(createHmac('sha256', secret).update(`${signature[1]}.${body}`).digest('hex'));
    expect(Number(signature[1])).toBe(Math.floor(clock.now().getTime() / 1000));
    expect(JSON.parse(body)).toMatchObject({
      id: `delivery-${String(headers['kezi-delivery'])}`,
      type: 'contact.changed',
      version: 1,
      data: { customerId: inNorth },
    });
    expect(body).not.toContain('北方');
    const [delivery] = await history(webhook.webhookId);
    expect(delivery).toMatchObject({ status: 'sent', receiver: '订单系统' });
    expect(delivery!.attempts).toMatchObject([{ status: 200, error: null, answer: 'ok' }]);
    expect((await users.other.get(`/webhooks/${webhook.webhookId}`)).status).toBe(404);
    expect((await users.other.get('/deliveries')).body.items).toEqual([]);
    expect((await users.manager.get(`/webhooks/${webhook.webhookId}`)).body).not.toHaveProperty('secret');
    await users.manager.delete(`/webhooks/${webhook.webhookId}`);
  });

  it('is taken back when the customer has left the sight of its maker', async () => {
    const { webhook } = await webhookOf(users.manager, ['contact.changed']);
    place.answers(500);
    await contactAt(users.member, inNorth, '一个人');
    await server.asSystem((db) =>
      db
        .updateTable('customer')
        .set({ owner_id: users.stranger.userId, team_id: users.teams.south })
        .where('customer_id', '=', inNorth)
        .execute(),
    );
    const heard = place.heard.length;
    await later(2);
    expect(place.heard).toHaveLength(heard);
    expect((await history(webhook.webhookId))[0]?.status).toBe('withdrawn');
    await server.asSystem((db) =>
      db
        .updateTable('customer')
        .set({ owner_id: users.member.userId, team_id: users.teams.north1 })
        .where('customer_id', '=', inNorth)
        .execute(),
    );
    await users.manager.delete(`/webhooks/${webhook.webhookId}`);
  });
});

describe('a receiver in trouble', () => {
  it('that answers 500 and then 200 is told once more, under the same number', async () => {
    const { webhook } = await webhookOf(users.manager, ['contact.changed']);
    place.answers(500, 'down');
    await contactAt(users.member, inNorth, '甲');
    expect((await history(webhook.webhookId))[0]).toMatchObject({ status: 'waiting' });
    place.answers(200);
    await later(2);
    const [delivery] = await history(webhook.webhookId);
    expect(delivery).toMatchObject({ status: 'sent' });
    expect(delivery!.attempts.map(({ status }) => status)).toEqual([500, 200]);
    const [first, second] = place.heard.slice(-2);
    expect(JSON.parse(first!.body).id).toBe(JSON.parse(second!.body).id);
    await users.manager.delete(`/webhooks/${webhook.webhookId}`);
  });

  it('for a day is paused, given up on, and told again by hand once', async () => {
    const { webhook } = await webhookOf(users.manager, ['contact.changed']);
    const { webhookId } = webhook;
    place.answers(503, 'no');
    await contactAt(users.member, inNorth, '乙');
    for (const minutes of [2, 7, 40, 150, 450, 900]) await later(minutes);
    const [delivery] = await history(webhookId);
    expect(delivery).toMatchObject({ status: 'dead', canReplay: true });
    expect(delivery!.attempts).toHaveLength(7);
    const paused = (await users.manager.get(`/webhooks/${webhookId}`)).body;
    expect(paused).toMatchObject({ pauseReason: 'failing', dead: 1 });
    await contactAt(users.member, inNorth, '丙');
    expect(await history(webhookId)).toHaveLength(1);
    place.answers(200);
    const { rowVersion } = paused;
    const on = await users.manager.patch(`/webhooks/${webhookId}`, { isActive: true, rowVersion });
    expect(on.body).toMatchObject({ pausedAt: null, failingSince: null });
    const path = `/deliveries/${delivery!.deliveryId}/replay`;
    expect((await users.other.post(path)).status).toBe(404);
    expect((await users.manager.post(path)).status).toBe(200);
    await server.runJobs();
    expect((await history(webhookId))[0]).toMatchObject({ status: 'sent', canReplay: false });
    expect((await users.manager.post(path)).body.code).toBe('webhooks.replay_conflict');
    await users.manager.delete(`/webhooks/${webhookId}`);
  });

  it('is tested by a button, which says what it answered', async () => {
    const { webhook } = await webhookOf(users.manager, ['task.changed']);
    place.answers(418, 'teapot');
    const path = `/webhooks/${webhook.webhookId}/test`;
    expect((await users.manager.post(path)).body).toMatchObject({
      ok: false,
      status: 418,
      error: 'outbound.answered_error',
      answer: 'teapot',
    });
    place.answers(200, 'A'.repeat(10 * 2 ** 20));
    const { body } = await users.manager.post(path);
    expect(body).toMatchObject({ ok: true, answer: 'A'.repeat(500) });
    expect((await history(webhook.webhookId)).map(({ status }) => status)).toEqual(['sent', 'dead']);
    // A test that failed is nothing that was given up.
    expect((await users.manager.get(`/webhooks/${webhook.webhookId}`)).body).toMatchObject({ dead: 0 });
    await users.manager.delete(`/webhooks/${webhook.webhookId}`);
  });

  it('whose maker has left is paused', async () => {
    const { webhook } = await webhookOf(users.other, ['contact.changed']);
    await server.asSystem((db) =>
      db
        .updateTable('app_user')
        .set({ disabled_at: clock.now() })
        .where('id', '=', users.other.userId)
        .execute(),
    );
    await contactAt(users.stranger, inSouth, '丁');
    const { body } = await users.administrator.get(`/webhooks/${webhook.webhookId}`);
    expect(body).toMatchObject({ pauseReason: 'maker_gone' });
  });
});
