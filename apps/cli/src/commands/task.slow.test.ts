import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runKezi, serveKezi, stopKezi } from '../testing/run-kezi.js';

const folder = mkdtempSync(join(tmpdir(), 'kezi task 客资 '));
const onData = ['--data', folder];
const kezi = (...words: string[]) => runKezi(['task', ...words, ...onData]);
const rowOf = async (...words: string[]) => {
  const { code, out, err } = await kezi(...words);
  expect([words[0], code, err]).toEqual([words[0], 0, '']);
  return JSON.parse(out) as Record<string, unknown>;
};

beforeAll(async () => {
  await serveKezi(folder);
  const person = ['--email', 'boss@example.com', '--name', '老板', '--role', 'administrator'];
  await runKezi(['user', 'create', ...person, '--password-stdin', ...onData], 'a long password\n');
});
afterAll(async () => {
  await stopKezi();
  rmSync(folder, { recursive: true, force: true });
});

describe('kezi task', () => {
  it('adds, postpones, finishes, puts back and cancels, and says what it refuses', async () => {
    const made = await rowOf('add', '送样品', '--due', '2026-12-01', '--minutes', '45');
    const id = String(made['taskId']);
    expect(made).toMatchObject({ title: '送样品', dueOn: '2026-12-01', minutes: 45, status: 'open' });
    expect(await rowOf('change', id, '--due', '2026-12-03')).toMatchObject({ dueOn: '2026-12-03' });
    expect(await rowOf('finish', id)).toMatchObject({ status: 'done' });
    const again = await kezi('finish', id);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('[tasks.done_conflict]')]);
    expect(await rowOf('reopen', id)).toMatchObject({ status: 'open', doneAt: null });
    expect(await rowOf('cancel', id, '--note', '改期')).toMatchObject({
      status: 'cancelled',
      cancelled: { note: '改期' },
    });
    const days = ['--from', '2026-12-01', '--to', '2026-12-31', '--team'];
    expect((await kezi('list', ...days)).out).toBe('');
    expect(await rowOf('list', ...days, '--status', 'cancelled')).toMatchObject({ title: '送样品' });
    const nobody = await kezi('add', '回访', '--due', '2026-12-01', '--customer', 'K-404');
    expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining('[customers.not_found]')]);
    const noDay = await kezi('add', '回访', '--due', '2026-02-30');
    expect([noDay.code, noDay.err]).toEqual([1, expect.stringContaining('[app.invalid_input]')]);
    expect((await kezi('finish', '99999')).err).toContain('[tasks.not_found]');
  });

  it('sets the rules by which tasks come', async () => {
    expect(await rowOf('rule', 'set', 'birthday', '--lead-days', '5', '--off')).toMatchObject({
      kind: 'birthday',
      leadDays: 5,
      isOn: false,
    });
    expect((await kezi('rule', 'list')).out.trim().split('\n')).toHaveLength(8);
    const stage = await rowOf('stage', 'add', 'at-risk', '打电话', '--due-days', '3');
    const stageId = String(stage['stageActionId']);
    expect(await rowOf('stage', 'change', stageId, '--off')).toMatchObject({ isOn: false, dueDays: 3 });
    expect((await kezi('stage', 'delete', stageId)).code).toBe(0);
    const care = await rowOf('festival', 'add', 'christmas', '--title', '寄贺卡', '--region', '德国');
    const careId = String(care['festivalCareId']);
    expect(care).toMatchObject({ title: '寄贺卡', regions: ['德国'], leadDays: 7 });
    expect(await rowOf('festival', 'change', careId, '--everybody', '--lead-days', '10')).toMatchObject({
      regions: [],
      leadDays: 10,
      title: '寄贺卡',
    });
    expect(await rowOf('festival', 'list')).toMatchObject({ festival: 'christmas' });
    expect((await kezi('festival', 'delete', careId)).code).toBe(0);
    expect((await kezi('festival', 'delete', careId)).err).toContain('[tasks.festival_not_found]');
    expect((await kezi('festival', 'add', 'pancake-day')).code).toBe(2);
    expect((await kezi('festival', 'days')).out.trim().split('\n')).toHaveLength(13);
  });
});
