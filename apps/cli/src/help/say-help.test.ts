import type { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { placesOf } from '../output.js';
import { keziProgram } from '../program.js';
import { inChinese } from './say-help.js';

const below = (command: Command): Command[] => [command, ...command.commands.flatMap(below)];
const all = (language: 'zh-CN' | 'en-US') => below(keziProgram(language));

/** Whatever a command says of itself. */
const textsOf = (command: Command): string[] =>
  [
    command.description(),
    ...[...command.options, ...command.registeredArguments].map(({ description }) => description),
  ].filter((text) => text !== '');

afterEach(() => void vi.restoreAllMocks());

/** What is said of a command line, of which nothing runs. */
async function said(...words: string[]): Promise<string> {
  const heard: string[] = [];
  const hear = (text: string | Uint8Array) => heard.push(String(text)) > 0;
  vi.spyOn(process.stderr, 'write').mockImplementation(hear);
  vi.spyOn(process.stdout, 'write').mockImplementation(hear);
  await keziProgram('zh-CN')
    .parseAsync(['node', 'kezi', ...words])
    .catch(() => undefined);
  vi.restoreAllMocks();
  return heard.join('');
}

describe('the help', () => {
  it('has a Chinese text for whatever a command says of itself', () => {
    const missing = all('en-US')
      .flatMap(textsOf)
      .filter((text) => !(text in inChinese));
    expect([...new Set(missing)]).toEqual([]);
    const still = all('zh-CN')
      .flatMap(textsOf)
      .filter((text) => text in inChinese);
    expect(still).toEqual([]);
  });

  it('keeps no Chinese text that nobody says', () => {
    const groups = all('en-US').map((command) => command.helpGroup());
    const used = new Set([...all('en-US').flatMap(textsOf), ...groups]);
    const ofFrame = (key: string) =>
      key.endsWith(':') || key.startsWith('show the') || key.startsWith('kezi help');
    expect(Object.keys(inChinese).filter((key) => !used.has(key) && !ofFrame(key))).toEqual([]);
  });

  it('puts Chinese descriptions below each other, within the width of a terminal', () => {
    const [program] = all('zh-CN');
    const lines = program!.helpInformation().split('\n');
    const places = lines
      .filter((line) => /^ {2}\S/.test(line))
      .map((line) => {
        const [term = ''] = /^ {2}\S.*? {2,}(?=\S)/u.exec(line) ?? [];
        return placesOf(term);
      });
    expect(new Set(places).size).toBe(1);
    for (const line of lines) expect(placesOf(line)).toBeLessThanOrEqual(82);
  });

  it('names its headings, choices and usual values in Chinese', async () => {
    const help = await said('warn', 'list', '--help');
    expect(help).toContain('用法： kezi warn list [选项]');
    expect(help).toMatch(/（可选：open, snoozed,\s+handled,\s+false-alarm,\s+gone；默认：open）/);
    expect(help).not.toMatch(/default|choices|options|display/);
  });
});

describe('a line that is refused', () => {
  it('is answered in Chinese', async () => {
    expect(await said('worklst')).toBe('没有命令 worklst\n（是不是 worklist？）\n');
    expect(await said('warn', 'list', '--limits', '3')).toBe('没有选项 --limits\n（是不是 --limit？）\n');
    expect(await said('warn', 'list', '--status', 'x')).toContain(
      '选项 --status <status...> 的值 x 不对。可选：open, ',
    );
    expect(await said('warn', 'folded')).toBe('缺少参数 detector\n');
    expect(await said('warn', 'list', '--limit')).toBe('选项 --limit <rows> 后面缺少值\n');
    expect(await said('worklist', 'all')).toBe('参数太多：应有 0 个，给了 1 个\n');
  });
});
