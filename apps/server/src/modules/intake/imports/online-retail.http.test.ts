import { readFileSync } from 'node:fs';
import { itWithData } from '@kezi/testkit';
import { expect } from 'vitest';
import { importFile } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();

itWithData(
  'Online Retail comes in whole: accepted and rejected rows add up to the file',
  'online_retail/online_retail_I.csv.gz',
  async (path) => {
    const batch = await importFile(server, server.users.administrator, 'orders', readFileSync(path));
    // 541,909 rows; 135,080 without a customer; 22,190 invoices and 4,372 customers among the others (data's README).
    // oxlint-disable-next-line vitest/no-standalone-expect -- itWithData is the test block
    expect(batch.counts).toMatchObject({
      read: 541_909,
      accepted: 406_829,
      rejected: 135_080,
      reasons: { 'imports.value_missing': 135_080 },
      returns: 8905,
      records: { orders: { added: 22_190 }, customers: { added: 4372 } },
    });
  },
  180_000,
);
