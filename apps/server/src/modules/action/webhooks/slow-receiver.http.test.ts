import { expect, it } from 'vitest';
import { made } from '../../../testing/customer-records.js';
import { outsidePlace } from '../../../testing/outside-place.js';
import { testServer } from '../../../testing/test-server.js';
import { until } from '../../../testing/until.js';

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
  // Were all in one lane, each of the thirty would wait ten seconds for the silent one.
  await until(() => busy.heard.length === 30);
  // That one has been called once: it is waited for still, or tried again a minute later.
  expect(silent.heard).toHaveLength(1);
  const { body: run } = await users.director.post('/warnings/runs');
  await until(async () => (await users.director.get(`/jobs/${run.jobId}`)).body.status === 'done');
  const sent = await users.administrator.get(`/deliveries?webhookId=${busyId}&status=sent&limit=200`);
  expect(sent.body.items).toHaveLength(30);
  // Left, it counts as a failure; the others wait for the next minute.
  silent.close();
});
