import { expect, it } from 'vitest';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { administrator, member, anonymous } = server.users;
const wish = { customers: 30, months: 8, seed: 5 };

it('a made-up company is loaded once, in sight, by those who may', async () => {
  expect((await anonymous.post('/demo', wish)).status).toBe(401);
  const forbidden = await member.post('/demo', wish);
  expect([forbidden.status, forbidden.body.code]).toEqual([403, 'app.forbidden']);
  const absurd = await administrator.post('/demo', { ...wish, customers: 1 });
  expect(absurd.status).toBe(400);

  const started = await administrator.post('/demo', wish);
  expect(started.status).toBe(202);
  const { jobId } = started.body;
  expect((await administrator.get(`/jobs/${jobId}`)).body).toMatchObject({
    kind: 'imports.demo',
    status: 'queued',
  });
  // Asked for twice before it began: one job.
  expect((await administrator.post('/demo', wish)).body).toEqual({ jobId });

  const stages = new Set<string>();
  const forget = server.platform.notifications.on((notice) => {
    if (notice.type === 'job' && notice.jobId === jobId) {
      void administrator.get(`/jobs/${jobId}`).then(({ body }) => stages.add(body.progress?.stage));
    }
  });
  await server.runJobs();
  forget();
  const job = (await administrator.get(`/jobs/${jobId}`)).body;
  expect(job).toMatchObject({
    status: 'done',
    result: {
      customers: { accepted: 30, rejected: 0 },
      products: { rejected: 0 },
      orders: { rejected: 0 },
    },
  });
  expect(job.result.orders.accepted).toBeGreaterThan(100);
  expect(stages.size).toBeGreaterThan(0);
  const { items } = (await administrator.get('/imports')).body;
  expect(items.map((batch: { kind: string; status: string }) => [batch.kind, batch.status])).toEqual([
    ['orders', 'imported'],
    ['products', 'imported'],
    ['customers', 'imported'],
  ]);

  // The best customers have people, talks, contracts, money and notes.
  const contracts = (await administrator.get('/contracts?limit=200')).body.items;
  expect(contracts.length).toBeGreaterThan(5);
  const page = `/customers/${contracts[0].customerId}`;
  const kinds = (await administrator.get(`${page}/timeline`)).body.items.map(
    (one: { source: string }) => one.source,
  );
  expect(kinds).toEqual(expect.arrayContaining(['interaction', 'order', 'contract', 'payment']));
  for (const part of ['contacts', 'receivables', 'payments', 'notes']) {
    expect((await administrator.get(`${page}/${part}`)).body.items).not.toHaveLength(0);
  }

  // Nobody has to find out that 'who may leave' wants a training first.
  expect((await administrator.get('/churn/runs')).body.items).toHaveLength(1);

  const again = await administrator.post('/demo', wish);
  expect([again.status, again.body.code]).toEqual([409, 'imports.demo_exists']);
  expect(again.body.detail).toContain('已经有客户');
}, 90_000);
