import { open, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openDrillCompany, type DrillCompany } from '../support/drill-company.js';
import { seeded, type Seeded } from '../support/seeded.js';
import { importOrders } from './import-orders.js';
import { makeOrderFile } from './order-file.js';
import { drill } from './run-drill.js';
import { runEnded, startRun, traceOfRun } from './value-customers.js';

/** Turns one bit of a file, cuts a piece off its end, or empties it. @returns what was done */
async function damage(path: string, random: Seeded): Promise<string> {
  const { size } = await stat(path);
  const how = random.pick(['bit', 'bit', 'cut', 'empty'] as const);
  if (how === 'empty') {
    await truncate(path, 0);
    return how;
  }
  if (how === 'cut') {
    await truncate(path, random.whole(1, size - 1));
    return how;
  }
  const file = await open(path, 'r+');
  try {
    const at = random.whole(0, size - 1);
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    byte[0] = (byte[0] ?? 0) ^ (1 << random.whole(0, 7));
    await file.write(byte, 0, 1, at);
    return `bit of byte ${at}`;
  } finally {
    await file.close();
  }
}

/** One model in place of the choice among all: what it says of the lake is the same, in half the time. */
const plain = { model: 'bg-nbd' } as const;

describe('damage to the lake', () => {
  let company: DrillCompany;
  let sound = '';
  beforeAll(async () => {
    company = await openDrillCompany();
    const { content } = makeOrderFile({ seed: 11, prefix: 'L', lines: 3000, customers: 400, badEvery: 0 });
    await importOrders(company, content);
    const run = await runEnded(company, await startRun(company, plain));
    expect(run.status).toBe('published');
    sound = await traceOfRun(company, run.valuationRunId);
  });
  afterAll(() => company?.end());

  drill({
    name: 'a turned bit or a cut file is found before a figure is shown, and the rebuilt lake gives equal figures',
    points: { short: 20, long: 200 },
    secondsEach: 20,
    async strike(seed) {
      const random = seeded(seed);
      const lake = join(company.folder, 'lake');
      const files = (await readdir(lake)).filter((name) => name.endsWith('.parquet')).sort();
      expect(files.length).toBeGreaterThan(0);
      // One in ten strikes the list of the files itself.
      const name = random.whole(1, 10) === 1 ? 'manifest.json' : random.pick(files);
      await damage(join(lake, name), random);
      const run = await runEnded(company, await startRun(company, plain));
      expect([name, run.status, run.error]).toEqual([name, 'published', null]);
      expect(await traceOfRun(company, run.valuationRunId)).toBe(sound);
      // The damaged file was not used: every file is a new one.
      const after = (await readdir(lake)).filter((file) => file.endsWith('.parquet'));
      expect(after.filter((file) => files.includes(file))).toEqual([]);
    },
  });
});
