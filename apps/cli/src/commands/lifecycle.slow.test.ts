import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runKezi, serveKezi, stopKezi } from '../testing/run-kezi.js';

const folder = mkdtempSync(join(tmpdir(), 'kezi lifecycle 客资 '));
const onData = ['--data', folder];
const rules = (...words: string[]) => runKezi(['lifecycle', 'rules', ...words, ...onData]);

beforeAll(async () => {
  await serveKezi(folder);
  const person = ['--email', 'boss@example.com', '--name', '老板', '--role', 'administrator'];
  await runKezi(['user', 'create', ...person, '--password-stdin', ...onData], 'a long password\n');
});
afterAll(async () => {
  await stopKezi();
  rmSync(folder, { recursive: true, force: true });
});

it('shows, tries and changes the rules of the stages, and says what it refuses', async () => {
  const kept = await rules();
  expect([kept.code, JSON.parse(kept.out)]).toMatchObject([0, { graceDays: 14, lowChance: 0.3 }]);
  // Nobody has ordered yet; what counts is that the trial was allowed and waited for.
  const tried = await rules('--grace-days', '30', '--try');
  expect([tried.code, tried.out]).toEqual([0, '']);
  expect(JSON.parse((await rules()).out)).toMatchObject({ graceDays: 14 });
  const changed = await rules('--grace-days', '30', '--low-chance', '25');
  expect([changed.code, JSON.parse(changed.out)]).toMatchObject([0, { graceDays: 30, lowChance: 0.25 }]);
  const refused = await rules('--lost-times', '1');
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('[lifecycle.times_order]')]);
});
