import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { cache, root } from './paths.mjs';
import { run } from './run.mjs';

/**
 * Runs the named projects of vitest.config.ts and counts. A run that dies without a report counts as one failure,
 * and so does one whose exit code says failure while every test passed (an unhandled rejection). `failures` names each
 * failed test, so that the end of a long output says what to look at.
 * @returns {Promise<{ passed: number, failed: number, skipped: number, failures: string[] }>}
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
    const failures = [`${projects.join(', ')}: ended without a report`];
    return { passed: 0, failed: 1, skipped: 0, failures };
  }
  const failures = result.testResults.flatMap((file) => {
    const name = relative(root, file.name);
    if (file.status === 'failed' && file.assertionResults.length === 0) return [`${name}: could not be run`];
    return file.assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => `${name}: ${test.fullName}`);
  });
  // What a browser test did not hold at the first try is told, and does not count: see retry in vitest.config.ts.
  for (const file of result.testResults)
    for (const test of file.assertionResults)
      if (test.status === 'passed' && test.failureMessages.length > 0)
        process.stdout.write(`passed at the second try: ${relative(root, file.name)}: ${test.fullName}\n`);
  if (code !== 0 && failures.length === 0) failures.push(`${projects.join(', ')}: ended with code ${code}`);
  return {
    passed: result.numPassedTests,
    failed: failures.length,
    skipped: result.numPendingTests + result.numTodoTests,
    failures,
  };
}
