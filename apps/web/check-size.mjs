// How much JavaScript is loaded before the first paint: the entry, all it imports without waiting, and the largest page
// on top, compressed with gzip. Run after a build: `node apps/web/check-size.mjs`. Exit code 1 when over the budget.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** What is promised: 350 kB of compressed script before the first paint. */
const budgetBytes = 350_000;

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
// The words of one language come with every first page.
const words = Object.keys(manifest).filter((key) => /src\/(app|ui)\/locale\/zh-CN\.ts$/.test(key));
const base = new Set([...entry, ...words.flatMap((key) => [...graph(key)])]);
const pages = Object.keys(manifest)
  .filter((key) => /src\/features\/.+\/pages\/[^/]+\.tsx$/.test(key))
  .map((key) => ({ key: key.replace(/^src\/features\//, ''), bytes: sum(new Set([...base, ...graph(key)])) }))
  .sort((one, other) => other.bytes - one.bytes);

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
process.stdout.write(`entry ${kilobytes(sum(base))}, budget ${kilobytes(budgetBytes)}\n`);
for (const { key, bytes } of pages) {
  process.stdout.write(`${bytes > budgetBytes ? '✗' : '✓'} ${kilobytes(bytes)} ${key}\n`);
}
const largest = Math.max(sum(base), ...pages.map((page) => page.bytes));
process.exit(largest > budgetBytes ? 1 : 0);
