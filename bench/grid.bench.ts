import { openBrowser, openPage, seen, signIn } from '../e2e/support/browser.js';
import { benchUser, startBenchServer } from './bench-server.js';
import { fillRegister } from './register-data.js';

/*
 * The grid of the register over a million customers, in a browser: what a frame takes while the wheel turns, and how much
 * of what is in sight still waits for its rows. The floor, in the same browser and run: as many frames of a page of plain
 * text of a hundred thousand lines, that the browser scrolls by itself. Goal: 60 frames a second, which is 16.7 ms, in 95 of a hundred.
 */

const count = Number(process.env['KEZI_BENCH_CUSTOMERS'] ?? 1_000_000);
const turns = 300;
const goalMs = 17.5;

type Page = Awaited<ReturnType<typeof openPage>>['page'];

interface Scrolled {
  frames: number[];
  /** Of the rows in sight, the share that showed grey bars instead of a customer, over all frames. */
  waiting: number;
  rows: number;
}

/** Watches the frames of a page from now on; `Scrolled` once the returned function is called. */
async function watchFrames(page: Page): Promise<() => Promise<Scrolled>> {
  await page.evaluate(() => {
    const watched = { frames: [] as number[], waiting: 0, inSight: 0, rows: 0, on: true };
    Object.assign(globalThis, { watched });
    let last = performance.now();
    // No function with a name: the translation of this file would ask for a helper that the page does not have.
    void (async () => {
      while (watched.on) {
        const now = await new Promise<number>((frame) => requestAnimationFrame(frame));
        watched.frames.push(now - last);
        last = now;
        for (const row of document.querySelectorAll('[role=grid] [role=row][aria-rowindex]')) {
          watched.inSight += 1;
          if (row.querySelector('[class*=waiting]') !== null) watched.waiting += 1;
          watched.rows = Math.max(watched.rows, Number(row.getAttribute('aria-rowindex')));
        }
      }
    })();
  });
  return () =>
    page.evaluate(() => {
      const { watched } = globalThis as unknown as {
        watched: { frames: number[]; waiting: number; inSight: number; rows: number; on: boolean };
      };
      watched.on = false;
      return {
        frames: watched.frames.slice(1),
        waiting: watched.inSight === 0 ? 0 : watched.waiting / watched.inSight,
        rows: watched.rows,
      };
    });
}

/** Turns the wheel as a hand does: a notch of so many pixels every 16 ms. */
async function scroll(page: Page, notch: number): Promise<Scrolled> {
  await page.mouse.move(700, 500);
  const ended = await watchFrames(page);
  for (let turn = 0; turn < turns; turn++) {
    await page.mouse.wheel(0, notch);
    await page.waitForTimeout(16);
  }
  return ended();
}

function report(what: string, { frames, waiting, rows }: Scrolled): number {
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  const slow = frames.filter((frame) => frame > 50).length;
  console.log(
    `${what.padEnd(40)} frame p50 ${at(0.5).toFixed(1)}  p95 ${at(0.95).toFixed(1)}  p99 ${at(0.99).toFixed(1)} ms, ${slow} of ${frames.length} over 50 ms; ${(waiting * 100).toFixed(1)} % of rows waited; down to row ${rows}`,
  );
  return at(0.95);
}

const server = await startBenchServer('grid');
const browser = await openBrowser();
try {
  await fillRegister(server.database, count);
  console.log(`${count} customers`);
  const { page } = await openPage(browser, server.url, { width: 1600, height: 1000 });
  await page.setContent(
    `<div style="overflow:auto;height:900px">${'<p>a line of text</p>'.repeat(100_000)}</div>`,
  );
  const floor = report('floor: plain text', await scroll(page, 120));
  await signIn(page, benchUser.email, benchUser.password);
  await page.goto('/customers');
  await seen(page.locator('[role=grid] [role=row] >> text=有限'));
  for (const [what, notch] of [
    ['read: 120 px a notch', 120],
    ['skim: 480 px a notch', 480],
  ] as const) {
    const p95 = report(what, await scroll(page, notch));
    console.log(
      `  ${(p95 / floor).toFixed(2)} x the floor; goal ${goalMs} ms: ${p95 <= goalMs ? 'held' : 'missed'}`,
    );
  }
} finally {
  await browser.close();
  await server.stop();
}
