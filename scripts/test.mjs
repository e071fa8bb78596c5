import { ensureBuilt } from './build.mjs';
import { check, endWith, runSteps, sumOf } from './check.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { runVitest } from './vitest.mjs';

// How much the drills and the random tests try.
const drills = { KEZI_DRILLS: process.argv.includes('--long') ? 'long' : 'short' };

await ensureInstalled();
await ensureBuilt();
let total = sumOf(
  await check(drills),
  await runSteps([{ name: 'first load of the web', command: ['apps/web/check-size.mjs'] }]),
);
const chromium = await ensureChromium();
for (const project of ['db', 'process', 'e2e']) {
  const env = { KEZI_CHROMIUM: chromium, ...drills };
  total = sumOf(total, await runVitest([project], env));
}
endWith(total);
