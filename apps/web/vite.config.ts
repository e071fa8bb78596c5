import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** KEZI_API names the server that `vite dev` passes /api to. */
const api = process.env['KEZI_API'] ?? 'http://127.0.0.1:7300';

/** Below this a compressed answer saves nothing that is felt. */
const smallestBytes = 1024;

/** Writes a .gz and a .br beside every text file, so that the server compresses nothing while people wait. */
function compressAhead(): Plugin {
  return {
    name: 'compress-ahead',
    apply: 'build',
    async writeBundle({ dir = 'dist' }) {
      const files = await readdir(dir, { recursive: true });
      for (const file of files.filter((name) => /\.(js|css|svg|html)$/.test(name))) {
        const path = join(dir, file);
        const content = await readFile(path);
        if (content.length < smallestBytes) continue;
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
        await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
        await writeFile(`${path}.br`, await promisify(brotliCompress)(content, quality));
      }
    },
  };
}

/**
 * What every page needs is one file, what many pages share another. Left to itself the bundler cuts at every difference
 * between pages: 88 files for a page, most of them below a kilobyte, and each is a request; so it is 21, and no more bytes.
 * So are the words of the menu, which every feature keeps a few of.
 */
const chunks = [
  {
    name: 'first',
    tags: ['$initial' as const],
    test: (id: string) => !/index\.html|main\.tsx/.test(id),
    priority: 1,
  },
  { name: 'menu-zh', test: /locale\/menu\.zh-CN/, priority: 1 },
  { name: 'menu-en', test: /locale\/menu\.en-US/, priority: 1 },
  { name: 'common', test: /apps\/web\/src|packages/, minShareCount: 12 },
];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressAhead()],
  resolve: { conditions: ['kezi-source', 'module', 'browser', 'development|production'] },
  server: { host: '127.0.0.1', proxy: { '/api': { target: api } } },
  build: {
    target: 'es2022',
    outDir: 'dist',
    // check-size.mjs reads the manifest to add up what is loaded before the first paint.
    manifest: true,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
  },
});
