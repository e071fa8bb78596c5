import { defineConfig } from 'vitest/config';

// Neither 'import' nor 'module' here: Node's own require() is given the same conditions and would get ES modules.
const source = { conditions: ['kezi-source', 'node'] };

/**
 * pure: no outside world. db: a real PostgreSQL. dom: components. e2e: a real Chromium against a real server.
 * Files of the first three share a worker, so that modules are loaded once and not once a file (a fifth of the time for
 * components, a quarter for the database): what a test replaces, it puts back, and no module is mocked.
 */
export default defineConfig({
  resolve: source,
  ssr: { resolve: source },
  test: {
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['packages/*/src/**/*.test.ts', 'apps/{server,cli}/src/**/*.test.ts'],
          exclude: ['**/*.{db,http,slow}.test.ts', '**/node_modules/**', '**/dist/**'],
          testTimeout: 20_000,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'happy-dom',
          isolate: false,
          include: ['apps/web/src/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['{packages,apps}/*/src/**/*.{db,http}.test.ts'],
          globalSetup: ['apps/server/src/testing/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'process',
          include: ['{packages,apps}/*/src/**/*.slow.test.ts', 'e2e/drills/**/*.drill.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
