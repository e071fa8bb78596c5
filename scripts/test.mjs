import { ensureBuilt } from './build.mjs';
import { check, endWith, runSteps, sumOf } from './check.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { runVitest } from './vitest.mjs';

// How much the drills and the random tests try.
const drills = { KEZI_DRILLS: process.argv.includes('--long') ? 'long' : 'short' };

await ensureInstalled();
await ensureBuilt();
const checked = sumOf(
  await check(drills),
  await runSteps([{ name: 'first load of the web', command: ['apps/web/check-size.mjs'] }]),
);
const env = { KEZI_CHROMIUM: await ensureChromium(), ...drills };
const database = await runVitest(['db'], env);
// Drills and browsers wait for programs that start, for disks and for one another: two files at a time they wait less.
const programs = await runVitest(['process', 'e2e'], env);
endWith(sumOf(checked, database, programs));
