import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Neither 'import' nor 'module' here: Node's own require() is given the same conditions and would get ES modules.
const source = { conditions: ['kezi-source', 'node'] };

/**
 * What takes longest, the longest of each project first. A fresh clone remembers no earlier run and would begin with the
 * largest files: a long one that comes last leaves a core idle for all its time.
 */
const longest = [
  'access-matrix.http',
  'online-retail.http',
  'backup.db',
  'lake-damage.drill',
  'disk-full.drill',
  'kill-valuation.drill',
  'kill-import.drill',
  'serve.slow',
  'kill-writes.drill',
  'duplicates.drill',
  'value-customers.test',
  'read-parquet-rows.test',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((name) => moduleId.includes(`/${name}`));
      return place < 0 ? longest.length : place;
    };
    // Files of a project stay together: those that share a worker do so only one after the other.
    const order = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
    return (await super.sort(files)).sort(
      (a, b) => order(a.project.name, b.project.name) || rank(a) - rank(b),
    );
  }
}

/**
 * pure: no outside world. db: a real PostgreSQL. dom: components. e2e: a real Chromium against a real server.
 * Files of the first three share workers, so that modules are loaded once a worker and not once a file (a fifth of the
 * time for components, a quarter for the database): what a test replaces, it puts back, and no module is mocked. How long
 * a test may take is no claim about the program: a machine with other work takes many times as long.
 */
export default defineConfig({
  resolve: source,
  ssr: { resolve: source },
  test: {
    passWithNoTests: true,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['packages/*/src/**/*.test.ts', 'apps/{server,cli}/src/**/*.test.ts'],
          exclude: ['**/*.{db,http,slow}.test.ts', '**/node_modules/**', '**/dist/**'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'happy-dom',
          isolate: false,
          setupFiles: ['apps/web/src/lib/dom-tests.setup.ts'],
          include: ['apps/web/src/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['{packages,apps}/*/src/**/*.{db,http}.test.ts'],
          globalSetup: ['apps/server/src/testing/global-setup.ts'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'process',
          include: ['{packages,apps}/*/src/**/*.slow.test.ts', 'e2e/drills/**/*.drill.ts'],
          testTimeout: 180_000,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          // A step at a page may come between two of its states; the second try is told at the end (scripts/vitest.mjs).
          // Drills have no second try: what they look for shows once in many.
          retry: 1,
          testTimeout: 180_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
