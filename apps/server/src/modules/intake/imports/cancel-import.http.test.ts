import type { ImportBatch } from '@kezi/contract';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { upload } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';
import { until } from '../../../testing/until.js';

const server = await testServer({ jobs: true });
const { administrator } = server.users;
const rows = 30_000;
const file = `订单号,客户编号,订单日期,金额\n${Array.from({ length: rows }, (_, i) => `R${i},RC${i % 500},2026-01-${(i % 27) + 1},1.5\n`).join('')}`;

const orders = () =>
  server.asSystem(async (db) => {
    const { rows: found } = await sql<{ n: number }>`select count(*) as n from customer_order`.execute(db);
    return found[0]?.n;
  });

const batchOf = async (id: number) => (await administrator.get<ImportBatch>(`/imports/${id}`)).body;
const isReading = async (batch: ImportBatch) => {
  const { body } = await administrator.get(`/jobs/${batch.jobId}`);
  return body.progress?.done > 0;
};

it('an import that is cancelled while it runs leaves nothing, may begin again, and be undone; so may the undo', async () => {
  const { importBatchId } = (await upload(administrator, 'orders', file)).body;
  const path = `/imports/${importBatchId}`;
  const started = (await administrator.post<ImportBatch>(`${path}/start`)).body;
  await until(() => isReading(started));
  const told = await administrator.post(`${path}/cancel`);
  expect(told.status).toBe(200);
  await until(
    () => batchOf(importBatchId),
    (batch) => batch.status === 'cancelled',
  );
  expect(await orders()).toBe(0);
  expect(await administrator.get(`/jobs/${started.jobId}`)).toMatchObject({ body: { status: 'cancelled' } });
  expect((await administrator.post(`${path}/cancel`)).body.code).toBe('imports.status_conflict');

  await administrator.post(`${path}/start`);
  const imported = await until(
    () => batchOf(importBatchId),
    (batch) => batch.status === 'imported',
  );
  expect(imported.counts).toMatchObject({ read: rows, accepted: rows, rejected: 0 });
  expect(await orders()).toBe(rows);

  // The undo is cancelled as it begins or is over by then: all of it, or nothing.
  await administrator.post(`${path}/undo`, {});
  await administrator.post(`${path}/cancel`);
  const after = await until(
    () => batchOf(importBatchId),
    (batch) => batch.status !== 'undoing',
  );
  expect(await orders()).toBe(after.status === 'undone' ? 0 : rows);
  if (after.status === 'imported') await administrator.post(`${path}/undo`, {});
  await until(
    () => batchOf(importBatchId),
    (batch) => batch.status === 'undone',
  );
  expect(await orders()).toBe(0);
}, 120_000);
