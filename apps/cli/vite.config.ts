import { defineConfig } from 'vite';

/*
 * The program in a few files: loading 1,600 small ones took half of its start (docs/adr/0014-bundled-program.md). What is
 * built by the compiler goes in, and the libraries that come in hundreds of files; the rest is loaded as installed.
 */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'bundle',
    emptyOutDir: true,
    rollupOptions: {
      input: {
        main: 'dist/main.js',
        // Threads begin at a file of their own, which is looked for beside the one that starts it.
        helper: '../../packages/valuation/dist/threads/helper.js',
        'import-thread': '../server/dist/modules/import-thread.js',
        'bench-thread': '../server/dist/modules/insight/models/bench-thread.js',
        'grade-thread': '../server/dist/modules/policy/tiers/grade-thread.js',
        'cluster-thread': '../server/dist/modules/policy/segments/cluster-thread.js',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: {
    noExternal: [
      /^@kezi\//,
      'better-auth',
      /^@better-auth\//,
      'better-call',
      'commander',
      'fastify-type-provider-zod',
      'jose',
      'kysely',
      /^@noble\//,
      /^@opentelemetry\//,
      'pinyin-pro',
      'zod',
    ],
  },
});
