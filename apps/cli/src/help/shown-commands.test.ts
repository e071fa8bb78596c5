import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { keziProgram } from '../program.js';

const root = resolve(import.meta.dirname, '../../../..');
const folders = ['.', 'docs', 'docs/guide/zh', 'docs/guide/en', 'docs/formulas', 'docs/adr'];
const pages = folders.flatMap((folder) =>
  readdirSync(resolve(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`),
);

/** Every `kezi …` of a page: lines of its blocks, with what goes on in the next line, and words in its text. */
function shownIn(page: string): string[] {
  const text = readFileSync(resolve(root, page), 'utf8').replaceAll(/\\\n\s*/g, '');
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.split('\n'),
  );
  const inline = [...text.matchAll(/`((?:kezi|node apps\/cli\/bin\/kezi\.js) [^`\n]+)`/g)].map(
    ([, one = '']) => one,
  );
  return [...blocks, ...inline]
    .map((line) =>
      line
        .replace(/\s+#.*$/, '')
        .trim()
        .replace(/^node apps\/cli\/bin\/kezi\.js/, 'kezi'),
    )
    .filter((line) => line.startsWith('kezi '))
    .flatMap((line) => line.split(/\s[|>;]\s|&&/).filter((part) => part.trim().startsWith('kezi ')));
}

/** What is wrong with a command that is shown: a command or an option that is not there. */
function wrongIn(line: string): string | null {
  let command: Command = keziProgram('en-US');
  const lineage = [command];
  const words = line.trim().split(/\s+/).slice(1);
  for (const word of words) {
    const below = command.commands.find((one) => one.name() === word);
    if (!below) break;
    command = below;
    lineage.push(below);
  }
  const known = new Set([
    '--help',
    '--version',
    ...lineage.flatMap((one) => one.options.map(({ long }) => long)),
  ]);
  const unknown = words
    .map((word) => /^--[a-z-]+/.exec(word)?.[0])
    .find((one) => one !== undefined && !known.has(one));
  if (unknown !== undefined) return `${unknown} in: ${line}`;
  // The name of a group alone may be spoken of; a word that is neither a command nor an argument may not.
  const [next] = words.slice(lineage.length - 1);
  const isStray = next !== undefined && !next.startsWith('-') && command.registeredArguments.length === 0;
  return isStray ? `${next} in: ${line}` : null;
}

describe('README and guide', () => {
  it('show only commands and options that exist', () => {
    const shown = pages.flatMap((page) => shownIn(page).map((line) => ({ page, line })));
    expect(shown.length).toBeGreaterThan(100);
    const wrong = shown.flatMap(({ page, line }) => {
      const what = wrongIn(line);
      return what === null ? [] : [`${page}: ${what}`];
    });
    expect(wrong).toEqual([]);
  });
});
