import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { made } from '../../../testing/customer-records.js';
import { outsidePlace } from '../../../testing/outside-place.js';
import { testServer } from '../../../testing/test-server.js';

// With the queue at work in the background, as in the program itself.
const server = await testServer({ jobs: true });
const { users } = server;
const silent = await outsidePlace();
const busy = await outsidePlace();
silent.isSilent();

const hookTo = async (host: string) => {
  const wish = { name: host, url: `http://${host}/`, events: ['contact.changed'] };
  const { status, body } = await users.administrator.post('/webhooks', wish);
  expect(status).toBe(201);
  return body.webhook.webhookId as number;
};
const until = async (isSo: () => Promise<boolean> | boolean, limitMs: number) => {
  for (const end = performance.now() + limitMs; performance.now() < end; await sleep(25)) {
    if (await isSo()) return true;
  }
  return false;
};

it('holds up one lane, and neither other receivers nor jobs nor pages', async () => {
  const { rowVersion } = (await users.administrator.get('/outbound')).body;
  const allowedHosts = [silent.host, busy.host];
  expect((await users.administrator.patch('/outbound', { allowedHosts, rowVersion })).status).toBe(200);
  await hookTo(silent.host);
  const busyId = await hookTo(busy.host);
  const customerId = (await made(users.member)).customerId as number;
  for (let i = 0; i < 30; i++) {
    const { status } = await users.member.post(`/customers/${customerId}/contacts`, { name: `人${i}` });
    expect(status).toBe(201);
  }
  expect(await until(() => busy.heard.length === 30, 8000)).toBe(true);
  // The silent one has been called once, and is waited for still.
  expect(silent.heard).toHaveLength(1);
  const { body: run } = await users.director.post('/warnings/runs');
  expect(
    await until(async () => (await users.director.get(`/jobs/${run.jobId}`)).body.status === 'done', 8000),
  ).toBe(true);
  expect(silent.heard).toHaveLength(1);
  const sent = await users.administrator.get(`/deliveries?webhookId=${busyId}&status=sent&limit=200`);
  expect(sent.body.items).toHaveLength(30);
  // Left, it counts as a failure; the others wait for the next minute.
  silent.close();
});
