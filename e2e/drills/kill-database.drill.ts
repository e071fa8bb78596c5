import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openDrillCompany, until, type DrillCompany } from '../support/drill-company.js';
import { seeded } from '../support/seeded.js';
import { expectInvariants } from './check-invariants.js';
import { importEnded, importOrders, startImport, traceOfImport, uploadOrders } from './import-orders.js';
import { makeOrderFile } from './order-file.js';
import { drill } from './run-drill.js';

const file = (prefix: string) =>
  makeOrderFile({ seed: 3, prefix, lines: 12_000, customers: 800, badEvery: 300 });

const clients = 4;
/** From the strike to the first good answer: of the book, and what a machine with other work is given. */
const backWithinMs = { book: 10_000, test: 60_000 };

describe('kill -9 of all PostgreSQL processes', () => {
  let company: DrillCompany;
  let unkilled = '';
  let round = 0;
  let slowest = 0;
  const statuses = new Map<number, number>();

  beforeAll(async () => {
    company = await openDrillCompany();
    const { importBatchId } = await importOrders(company, file('REF').content);
    unkilled = await traceOfImport(company, importBatchId, 'REF');
  });
  afterAll(() => company?.end());

  /** The server outlives its database; when it does not, its last words say why. */
  function expectAlive(): void {
    const { process: child, notes } = company.program();
    if (child.exitCode === null && child.signalCode === null) return;
    throw new Error(`The server ended with ${child.exitCode ?? child.signalCode}:\n${notes().slice(-3000)}`);
  }

  drill({
    name: 'under traffic and during an import: 503 meanwhile, then everything goes on and nothing is lost',
    points: { short: 5, long: 100 },
    secondsEach: 180,
    async strike(seed) {
      const random = seeded(seed);
      const name = `D${++round}`;
      const importing = seed % 2 === 1;
      const id = importing ? await uploadOrders(company, file(name).content) : null;
      if (id !== null) await startImport(company, id);
      const acknowledged: string[] = [];
      const state = { stopping: false };
      const write = async (client: number) => {
        for (let i = 0; !state.stopping; i++) {
          const customerNo = `${name}-c${client}-${i}`;
          const made = await company.api.post(
            '/customers',
            { customerNo, name: customerNo },
            { key: customerNo },
          );
          statuses.set(made.status, (statuses.get(made.status) ?? 0) + 1);
          if (made.status === 201) acknowledged.push(customerNo);
          else {
            expect([made.status, made.body.code]).toEqual([503, 'app.database_unavailable']);
            expect(made.headers.get('retry-after')).not.toBeNull();
            await sleep(50);
          }
        }
      };
      const writing = Promise.all(Array.from({ length: clients }, (_, client) => write(client)));
      // A failure is told when it is awaited below.
      writing.catch(() => undefined);
      await sleep(200 + random.share() * 1000);
      expect(await company.killDatabase()).toBeGreaterThan(1);
      const struck = performance.now();
      await until(
        'a good answer',
        async () => {
          const customer = { customerNo: `${name}-first-${struck}`, name: 'x' };
          const made = await company.api.post('/customers', customer).catch(async (error: unknown) => {
            await sleep(500);
            expectAlive();
            throw error;
          });
          return made.status === 201;
        },
        backWithinMs.test,
      );
      expectAlive();
      slowest = Math.max(slowest, performance.now() - struck);
      await sleep(300);
      state.stopping = true;
      await writing;
      const rows = await company.query<{ customer_no: string }>(
        'select customer_no from customer where customer_no = any($1)',
        [acknowledged],
      );
      expect(rows.length).toBe(acknowledged.length);
      if (id !== null) {
        await importEnded(company, id);
        expect(await traceOfImport(company, id, name)).toBe(unkilled);
      }
    },
    async after() {
      await expectInvariants(company);
      process.stdout.write(
        `drill: first good answer ${Math.round(slowest)} ms after the strike at worst (book: ${backWithinMs.book}); answers by status ${JSON.stringify([...statuses])}\n`,
      );
    },
  });
});
