import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** KEZI_API names the server that `vite dev` passes /api to. */
const api = process.env['KEZI_API'] ?? 'http://127.0.0.1:5180';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['kezi-source', 'module', 'browser', 'development|production'] },
  server: { host: '127.0.0.1', proxy: { '/api': { target: api } } },
  build: {
    target: 'es2022',
    outDir: 'dist',
    // check-size.mjs reads the manifest to add up what is loaded before the first paint.
    manifest: true,
    sourcemap: false,
    chunkSizeWarningLimit: 1200,
  },
});
