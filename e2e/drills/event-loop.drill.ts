import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openDrillCompany, type DrillCompany } from '../support/drill-company.js';
import { importEnded, startImport, uploadOrders } from './import-orders.js';
import { makeOrderFile } from './order-file.js';
import { drill, isLong } from './run-drill.js';

/** A line has 45 bytes: 9 MB, or a gigabyte, made of one piece that is repeated under other numbers. */
const pieceLines = 100_000;
const pieces = isLong ? 230 : 2;
/** Of the book; a test allows more, and what a machine with other work makes an idle program wait besides. */
const delayMs = { book: 50, test: 400 };

/** Piece by piece: a client that hears nothing for minutes would send its file down a connection that has long been closed. */
async function largeFile(): Promise<Blob> {
  const parts: BlobPart[] = [];
  for (let i = 0; i < pieces; i += 1) {
    const options = { seed: i, prefix: `E${i}`, lines: pieceLines, customers: 4000, badEvery: 0 };
    const { content } = makeOrderFile(options);
    await sleep(0);
    parts.push(i === 0 ? content : content.slice('order_no,customer_no,date,amount\n'.length));
  }
  return new Blob(parts);
}

describe('a large import', () => {
  let company: DrillCompany;
  beforeAll(async () => {
    company = await openDrillCompany();
  });
  afterAll(() => company?.end());

  /** How late the event loop of the server was, at the 99th percentile since the last look; it is looked at every 10 ms. */
  async function lateness(): Promise<number> {
    const text = await (await fetch(`${company.program().url}/metrics`)).text();
    return Number(/^kezi_nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text)?.[1]) * 1000 - 10;
  }

  drill({
    name: `of ${Math.round((pieces * pieceLines * 45) / 1e6)} MB holds nobody up`,
    points: { short: 1, long: 1 },
    secondsEach: 1800,
    async strike() {
      const id = await uploadOrders(company, await largeFile());
      await lateness();
      const own = monitorEventLoopDelay({ resolution: 10 });
      own.enable();
      await startImport(company, id);
      const state = { done: false };
      const waits: number[] = [];
      const look = async () => {
        while (!state.done) {
          const { status, milliseconds } = await company.api.get('/customers?limit=20');
          expect(status).toBe(200);
          waits.push(milliseconds);
          await sleep(25);
        }
      };
      const looking = look();
      looking.catch(() => undefined);
      const { counts } = await importEnded(company, id, 1_700_000);
      state.done = true;
      await looking;
      const late = await lateness();
      own.disable();
      const idle = own.percentile(99) / 1e6 - 10;
      waits.sort((a, b) => a - b);
      const wait = waits[Math.floor(waits.length * 0.99)] ?? 0;
      process.stdout.write(
        `drill: event loop: p99 ${Math.round(late)} ms late (book: ${delayMs.book}; an idle program: ${Math.round(idle)}), a page p99 ${Math.round(wait)} ms while ${counts?.read} lines came in\n`,
      );
      expect(counts?.accepted).toBe(pieces * pieceLines);
      expect(late).toBeLessThan(delayMs.test + 3 * idle);
    },
  });
});
