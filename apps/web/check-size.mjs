// How much JavaScript is loaded before the first paint, compressed with gzip: the entry and all it imports without waiting, the
// page, and its words in one language; inside, those of the menu as well. Run after a build: `node apps/web/check-size.mjs`. Exit
// code 1 when over a budget.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** What is promised of the first page that anybody sees: 350 kB of compressed script before its first paint. */
const entranceBudget = 350_000;
/** Of a page opened by its address. Whoever comes from another page has most of it already. */
const insideBudget = 370_000;

const dist = resolve(fileURLToPath(new URL('.', import.meta.url)), 'dist');
const manifest = JSON.parse(readFileSync(resolve(dist, '.vite/manifest.json'), 'utf8'));
const sizes = new Map();
const sizeOf = (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(resolve(dist, file)), { level: 6 }).length);
  return sizes.get(file);
};

/** The files of a chunk and of everything that it imports statically. */
function graph(key, found = new Set()) {
  const chunk = manifest[key];
  if (!chunk || found.has(chunk.file)) return found;
  if (chunk.file.endsWith('.js')) found.add(chunk.file);
  for (const next of chunk.imports ?? []) graph(next, found);
  return found;
}
const sum = (files) => [...files].reduce((bytes, file) => bytes + sizeOf(file), 0);

const entryKey = Object.keys(manifest).find(
  (key) => manifest[key].isEntry && manifest[key].file.endsWith('.js'),
);
if (!entryKey) throw new Error('The build has no entry: run `npm run build` first.');
const entry = graph(entryKey);
const keysLike = (pattern) => Object.keys(manifest).filter((key) => pattern.test(key));
const all = (keys) => keys.flatMap((key) => [...graph(key)]);
const base = [...entry, ...all(keysLike(/src\/(app|ui)\/locale\/zh-CN\.ts$/))];
const menuWords = all(keysLike(/src\/app\/locale\/menu\.zh-CN\.ts$/));
const wordsOf = (key) => all([key.replace(/pages\/.*/, 'locale/zh-CN.ts')]);
const pages = keysLike(/src\/features\/.+\/pages\/[^/]+\.tsx$/)
  .map((key) => {
    const isEntrance = key.includes('/people/entrance/');
    return {
      key: key.replace(/^src\/features\//, ''),
      bytes: sum(new Set([...base, ...(isEntrance ? [] : menuWords), ...wordsOf(key), ...graph(key)])),
      budget: isEntrance ? entranceBudget : insideBudget,
    };
  })
  .sort((one, other) => other.bytes - one.bytes);

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
for (const { key, bytes, budget } of pages) {
  const isWithin = bytes <= budget;
  process.stdout.write(`${isWithin ? '✓' : '✗'} ${kilobytes(bytes)} of ${kilobytes(budget)} ${key}\n`);
  if (!isWithin) process.exitCode = 1;
}
