import { ensureBuilt } from './build.mjs';
import { check } from './check.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { runVitest } from './vitest.mjs';

const long = process.argv.includes('--long');

await ensureInstalled();
await ensureBuilt();
const total = await check();
const chromium = await ensureChromium();
for (const project of ['db', 'process', 'e2e']) {
  const result = await runVitest([project], {
    KEZI_CHROMIUM: chromium,
    KEZI_DRILLS: long ? 'long' : 'short',
  });
  total.passed += result.passed;
  total.failed += result.failed;
  total.skipped += result.skipped;
}
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exit(total.failed > 0 ? 1 : 0);
