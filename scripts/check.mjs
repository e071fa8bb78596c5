import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { run } from './run.mjs';
import { runVitest } from './vitest.mjs';

const tsc = 'node_modules/typescript-native/bin/tsc';
/** The packages' types are written here; what follows reads them. */
const types = [{ name: 'types', command: [tsc, '-b'] }];
const steps = [
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
  { name: 'types of tests', command: [tsc, '-p', 'tsconfig.tests.json'] },
  { name: 'words', command: ['scripts/check-words.mjs'] },
  { name: 'format', command: ['node_modules/oxfmt/bin/oxfmt', '--check', '.'] },
];

/** Programs at once: most use one core only. The longest stand first in the list, so that none is left over at the end. */
const abreast = 2;

/** Runs programs; each counts as one test, and says what it found only when it fails. */
export async function runSteps(list) {
  const total = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const waiting = list.toReversed();
  const work = async () => {
    for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) await runStep(step, total);
  };
  await Promise.all(Array.from({ length: abreast }, work));
  return total;
}

async function runStep(step, total) {
  const started = performance.now();
  const { code, output } = await run(process.execPath, step.command, { quiet: true });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (code === 0) total.passed++;
  else {
    total.failed++;
    total.failures.push(step.name);
    process.stdout.write(output);
  }
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${step.name} (${seconds} s)\n`);
}

/** Adds the counts of runs. */
export function sumOf(...counts) {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    failures: counts.flatMap((count) => count.failures),
  };
}

/** Names what failed, then ends with the line `N passed, N failed, N skipped` and the exit code that agrees with it. */
export function endWith({ passed, failed, skipped, failures }) {
  for (const failure of failures) process.stdout.write(`✗ ${failure}\n`);
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  process.exit(failed > 0 ? 1 : 0);
}

/** The fast part: form, types, lint, walls, then the tests that need no outside world. */
export async function check(env = {}) {
  return sumOf(await runSteps(types), await runSteps(steps), await runVitest(['pure', 'dom'], env));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureInstalled();
  endWith(await check());
}
