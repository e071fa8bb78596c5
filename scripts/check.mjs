import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { run } from './run.mjs';
import { runVitest } from './vitest.mjs';

const tsc = 'node_modules/typescript-native/bin/tsc';
const steps = [
  { name: 'format', command: ['node_modules/oxfmt/bin/oxfmt', '--check', '.'] },
  { name: 'types', command: [tsc, '-b'] },
  { name: 'types of tests', command: [tsc, '-p', 'tsconfig.tests.json'] },
  { name: 'lint', command: ['node_modules/oxlint/bin/oxlint', '--max-warnings=0'] },
  {
    name: 'walls',
    command: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'packages',
      'apps',
    ],
  },
  { name: 'unused', command: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'words', command: ['scripts/check-words.mjs'] },
];

/** The fast part: each step counts as one test, then the tests that need no outside world. */
export async function check() {
  let passed = 0;
  let failed = 0;
  for (const step of steps) {
    const started = performance.now();
    const { code, output } = await run(process.execPath, step.command, { quiet: true });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (code === 0) passed++;
    else {
      failed++;
      process.stdout.write(output);
    }
    process.stdout.write(`${code === 0 ? '✓' : '✗'} ${step.name} (${seconds} s)\n`);
  }
  const tests = await runVitest(['pure', 'dom']);
  return { passed: passed + tests.passed, failed: failed + tests.failed, skipped: tests.skipped };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureInstalled();
  const { passed, failed, skipped } = await check();
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  process.exit(failed > 0 ? 1 : 0);
}
