import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const tests = ['apps', 'packages', 'e2e'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:test|e2e|drill)\.tsx?$/.test(path) && !path.includes('node_modules'))
    .map((path) => `${folder}/${path}`),
);
const names = new Set(tests.map((path) => basename(path)));

interface Row {
  requirement: string;
  state: string;
  test: string;
}

function rowsOf(file: string): Row[] {
  return readFileSync(join(root, file), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\| ?-/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 7)
    .map((cells) => ({ requirement: cells[2] ?? '', state: cells[3] ?? '', test: cells[5] ?? '' }))
    .slice(1);
}

/** A path under apps/server/src, a path from the root, or the name of one file. */
const isThere = (path: string): boolean =>
  path.includes('/')
    ? existsSync(join(root, 'apps/server/src', path)) || existsSync(join(root, path))
    : names.has(path);

it('names its components by one version each', () => {
  const folders = [
    '',
    ...['apps', 'packages'].flatMap((top) => readdirSync(join(root, top)).map((name) => `${top}/${name}`)),
  ];
  const loose = folders.flatMap((folder) => {
    const file = readFileSync(join(root, folder, 'package.json'), 'utf8');
    const { dependencies, devDependencies } = JSON.parse(file) as Record<string, Record<string, string>>;
    return Object.entries({ ...dependencies, ...devDependencies })
      .filter(([, version]) => !/^(?:npm:[\w@/-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${folder} ${name} ${version}`);
  });
  expect(loose).toEqual([]);
});

describe.each([
  ['docs/security.md', 'Met'],
  ['docs/security.zh.md', '满足'],
])('%s', (file, met) => {
  const rows = rowsOf(file);

  it('names tests that are there', () => {
    expect(rows.length).toBeGreaterThan(40);
    const text = readFileSync(join(root, file), 'utf8');
    const named = [...text.matchAll(/`([^`]+\.tsx?)`/g)].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });

  it('calls nothing met that no test holds', () => {
    const unheld = rows.filter(({ state, test }) => state === met && !/`[^`]+`|^same|^同上/.test(test));
    expect(unheld.map(({ requirement }) => requirement)).toEqual([]);
  });
});
