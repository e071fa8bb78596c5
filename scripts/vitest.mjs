import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { cache } from './paths.mjs';
import { run } from './run.mjs';

/**
 * Runs the named projects of vitest.config.ts and counts. A run that dies without a report counts as one failure,
 * and so does one whose exit code says failure while every test passed (an unhandled rejection).
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function runVitest(projects, env = {}) {
  mkdirSync(cache, { recursive: true });
  const report = resolve(cache, `vitest-${projects.join('-')}.json`);
  rmSync(report, { force: true });
  const { code } = await run(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { env },
  );
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const emptyFiles = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = result.numFailedTests + emptyFiles.length;
  return {
    passed: result.numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}
