import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runKezi, serveKezi, stopKezi } from '../testing/run-kezi.js';

const folder = mkdtempSync(join(tmpdir(), 'kezi quality 客资 '));
const data = join(folder, 'data');
const onData = ['--data', data];

const jsonLines = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

beforeAll(async () => {
  await serveKezi(data);
  const person = ['--email', 'boss@example.com', '--name', '老板', '--role', 'administrator'];
  await runKezi(['user', 'create', ...person, '--password-stdin', ...onData], 'a long password\n');
});
afterAll(async () => {
  await stopKezi();
  rmSync(folder, { recursive: true, force: true });
});

describe('kezi quality rule', () => {
  it('adds a rule, changes what is named of it, and deletes it', async () => {
    const rule = async (...command: string[]) => {
      const { code, out, err } = await runKezi(['quality', 'rule', ...command, ...onData]);
      expect([code, err]).toEqual([0, '']);
      return out === '' ? [] : jsonLines(out);
    };
    const only = ['--when', 'industry', '--value', '制造'];
    const [made] = await rule(
      'add',
      'custom.phone',
      '--pattern',
      '0##-########',
      ...only,
      '--message',
      '写区号',
    );
    expect(made).toMatchObject({
      kind: 'pattern',
      whenField: 'industry',
      whenValues: ['制造'],
      isActive: true,
    });
    const id = String(made?.['validationRuleId']);
    expect(made).toMatchObject({ message: '写区号' });
    const off = await rule('change', id, '--off', '--message', '');
    expect(off).toEqual([{ ...made, isActive: false, message: null, rowVersion: 2 }]);
    expect(await rule('change', id, '--required', '--always', '--on')).toMatchObject([
      {
        field: 'custom.phone',
        kind: 'required',
        pattern: null,
        whenField: null,
        whenValues: [],
        isActive: true,
      },
    ]);
    expect(await rule('list')).toMatchObject([{ validationRuleId: made?.['validationRuleId'] }]);
    await rule('delete', id);
    expect(await rule('list')).toEqual([]);
    const gone = await runKezi(['quality', 'rule', 'change', id, '--off', ...onData]);
    expect([gone.code, gone.out]).toEqual([1, '']);
    expect(gone.err).toContain('[quality.rule_not_found]');
  });
});

describe('kezi quality policy', () => {
  it('changes what is named of it, and refuses a weight that is none', async () => {
    const policy = (...words: string[]) => runKezi(['quality', 'policy', ...words, ...onData]);
    const [before] = jsonLines((await policy()).out);
    const [after] = jsonLines((await policy('--stale-days', '90', '--weight', 'phone=25')).out);
    expect(after).toMatchObject({
      staleDays: 90,
      sameCreditCode: before?.['sameCreditCode'],
      weights: { ...(before?.['weights'] as object), phone: 25 },
    });
    const refused = await policy('--weight', 'phone=many');
    expect([refused.code, refused.out]).toEqual([2, '']);
    expect(refused.err).toContain('[valuation.bad_option]');
  });
});
