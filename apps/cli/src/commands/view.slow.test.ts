import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runKezi, serveKezi, stopKezi } from '../testing/run-kezi.js';

const folder = mkdtempSync(join(tmpdir(), 'kezi view 客资 '));
const data = join(folder, 'data');
const onData = ['--data', data];

beforeAll(async () => {
  await serveKezi(data);
  const person = ['--email', 'boss@example.com', '--name', '老板', '--role', 'administrator'];
  await runKezi(['user', 'create', ...person, '--password-stdin', ...onData], 'a long password\n');
});
afterAll(async () => {
  await stopKezi();
  rmSync(folder, { recursive: true, force: true });
});

const view = (...command: string[]) => runKezi(['view', ...command, ...onData]);
const read = async (...command: string[]) => {
  const { code, out, err } = await view(...command);
  expect([code, err]).toEqual([0, '']);
  return out
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe('kezi view', () => {
  it('keeps a view, shows and shares it, and forgets it', async () => {
    const { out } = await runKezi(['department', 'add', '华东', ...onData]);
    const team = JSON.parse(out) as { id: number };
    const state = { filter: { industry: ['制造'] }, sort: 'name' };
    const [made] = await read('save', '制造业', '--state', JSON.stringify(state));
    expect(made).toMatchObject({ page: 'customers', name: '制造业', state, isShared: false, teamId: null });
    const id = String(made?.['savedViewId']);
    expect(await read('list')).toEqual([made]);
    expect(await read('list', '--page', 'elsewhere')).toEqual([]);
    expect(await read('show', id)).toEqual([made]);
    const [ours] = await read('share', id, '--with', 'department', '--department', String(team.id));
    expect(ours).toMatchObject({ isShared: false, teamId: team.id });
    expect(await read('share', id, '--with', 'everybody')).toMatchObject([{ isShared: true, teamId: null }]);
    expect(await read('share', id, '--with', 'nobody')).toMatchObject([{ isShared: false, teamId: null }]);
    expect(await read('delete', id)).toEqual([]);
    expect(await read('list')).toEqual([]);
  });

  it('says what is not right of what was typed', async () => {
    for (const [command, code] of [
      [['save', 'x', '--state', '[1]'], 'cli.view_state_invalid_input'],
      [['save', 'x', '--state', '{'], 'cli.view_state_invalid_input'],
      [['share', '1', '--with', 'department'], 'cli.view_department_invalid_input'],
      [['share', '1', '--with', 'everybody', '--department', '1'], 'cli.view_department_invalid_input'],
      [['show', '99'], 'views.not_found'],
    ] as const) {
      const answer = await view(...command);
      expect(answer.code).not.toBe(0);
      expect(answer.err).toContain(code);
    }
  });
});
