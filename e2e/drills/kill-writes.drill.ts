import type { CustomerDetail } from '@kezi/contract';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openDrillCompany, type DrillCompany } from '../support/drill-company.js';
import { seeded } from '../support/seeded.js';
import { expectInvariants } from './check-invariants.js';
import { drill } from './run-drill.js';

interface Write {
  key: string;
  body: { customerNo: string; name: string };
  /** The first answer that the client saw; null while it saw none. */
  seen: CustomerDetail | null;
  /** What a patch set, and whether the client saw that it was done. */
  region: string | null;
  patched: boolean;
}

const clients = 8;

/** Writes one after another until the server is gone. */
async function writeUntilGone(company: DrillCompany, name: string, writes: Write[]): Promise<void> {
  for (let i = 0; ; i++) {
    const body = { customerNo: `${name}-${i}`, name: `客户 ${name} ${i}` };
    const write: Write = { key: `key ${name} ${i}`, body, seen: null, region: null, patched: false };
    writes.push(write);
    try {
      const made = await company.api.post<CustomerDetail>('/customers', body, { key: write.key });
      if (made.status !== 201) throw new Error(`A customer was refused: ${JSON.stringify(made.body)}`);
      write.seen = made.body;
      if (i % 3 !== 0) continue;
      write.region = `region ${i}`;
      const { customerId, rowVersion } = made.body;
      const patch = { region: write.region, rowVersion };
      const patched = await company.api.patch(`/customers/${customerId}`, patch);
      if (patched.status !== 200) throw new Error(`A patch was refused: ${JSON.stringify(patched.body)}`);
      write.patched = true;
    } catch (error) {
      // fetch says TypeError when the connection went away: nobody knows what became of the last write.
      if (error instanceof TypeError) return;
      throw error;
    }
  }
}

/** The same key again gives the first answer, with another body it is refused. */
async function expectRetried(company: DrillCompany, write: Write): Promise<void> {
  const again = await company.api.post<CustomerDetail>('/customers', write.body, { key: write.key });
  expect(again.status).toBe(201);
  if (write.seen) {
    expect(again.body).toEqual(write.seen);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  }
  const other = await company.api.post(
    '/customers',
    { ...write.body, name: 'somebody else' },
    { key: write.key },
  );
  expect([other.status, other.body.code]).toEqual([422, 'app.idempotency_mismatch']);
}

interface Stored {
  customer_no: string;
  region: string | null;
  row_version: number;
  created: number;
  updated: number;
}

describe('kill -9 of the server', () => {
  let companies: DrillCompany[] = [];
  let round = 0;
  let seenInAll = 0;
  beforeAll(async () => {
    // A start takes one core for most of its time, and it is most of the time of a point.
    companies = await Promise.all([openDrillCompany(), openDrillCompany()]);
  });
  afterAll(() => Promise.all(companies.map((company) => company.end())));

  drill({
    name: 'while customers are added and changed: every answer that was seen is in the database once',
    points: { short: 20, long: 500 },
    secondsEach: 30,
    abreast: 2,
    async strike(seed, lane) {
      const company = companies[lane];
      if (!company) throw new Error(`There is no company for lane ${lane}.`);
      const random = seeded(seed);
      const name = `W${++round}`;
      const writes: Write[] = [];
      const writing = Array.from({ length: clients }, (_, c) =>
        writeUntilGone(company, `${name}-${c}`, writes),
      );
      await sleep(50 + random.share() * 500);
      await company.killServer();
      await Promise.all(writing);
      await company.start();
      // The last of each client without an answer, and some of those with one.
      const unanswered = writes.filter((write) => write.seen === null);
      const answered = random.shuffle(writes.filter((write) => write.seen !== null)).slice(0, 10);
      await Promise.all(
        random.shuffle([...unanswered, ...answered]).map((write) => expectRetried(company, write)),
      );
      seenInAll += writes.length;
      const rows = await company.query<Stored>(
        `select customer_no, region, row_version,
            count(*) filter (where action = 'customer.created') as created,
            count(*) filter (where action = 'customer.updated') as updated
          from customer left join audit_entry on subject = 'customer' and subject_id = customer_id::text
          where customer_no like $1 group by customer_id`,
        [`${name}-%`],
      );
      expect(rows.map((row) => row.customer_no).sort()).toEqual(
        writes.map((write) => write.body.customerNo).sort(),
      );
      const byNo = new Map(writes.map((write) => [write.body.customerNo, write]));
      for (const row of rows) {
        const write = byNo.get(row.customer_no);
        expect(row.created).toBe(1);
        expect(row.row_version).toBe(1 + row.updated);
        expect(row.updated).toBeLessThanOrEqual(1);
        if (write?.patched) expect(row.updated).toBe(1);
        expect(row.region).toBe(row.updated === 1 ? (write?.region ?? 'nobody') : null);
      }
    },
    async after() {
      for (const company of companies) await expectInvariants(company);
      expect(seenInAll).toBeGreaterThan(0);
    },
  });
});
