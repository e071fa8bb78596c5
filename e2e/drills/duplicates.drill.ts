import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Answer } from '../support/api-client.js';
import { openDrillCompany, type DrillCompany } from '../support/drill-company.js';
import { seeded } from '../support/seeded.js';
import { expectInvariants } from './check-invariants.js';
import { importOrders } from './import-orders.js';
import { makeOrderFile } from './order-file.js';
import { drill, isLong } from './run-drill.js';

const copies = 10;
/** Sequences that are in the air at once at one point. */
const together = 25;

describe('delivered ten times', () => {
  let company: DrillCompany;
  beforeAll(async () => {
    company = await openDrillCompany();
  });
  afterAll(() => company?.end());

  drill({
    name: `the same requests shuffled and in parallel (${together} sequences of ${copies} copies a point): one effect each`,
    points: { short: 500 / together, long: 10_000 / together },
    secondsEach: 30,
    async strike(seed) {
      const random = seeded(seed);
      const sequences = Array.from({ length: together }, (_, i) => ({
        key: `once ${isLong} ${seed}-${i}`,
        body: { customerNo: `N${seed}-${i}`, name: `复制 ${seed} ${i}` },
      }));
      const letters = random.shuffle(
        sequences.flatMap((sequence) => Array.from({ length: copies }, () => sequence)),
      );
      const answers = new Map<string, Answer[]>();
      // Twenty clients take the next letter from one heap.
      const deliver = async () => {
        for (let letter = letters.pop(); letter; letter = letters.pop()) {
          const answer = await company.api.post('/customers', letter.body, { key: letter.key });
          answers.set(letter.key, [...(answers.get(letter.key) ?? []), answer]);
        }
      };
      await Promise.all(Array.from({ length: 20 }, deliver));
      for (const { key } of sequences) {
        const all = answers.get(key) ?? [];
        expect(all.map((answer) => answer.status)).toEqual(Array.from({ length: copies }, () => 201));
        expect(new Set(all.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
        const first = all.filter((answer) => answer.headers.get('idempotency-replayed') === null);
        expect(first.length).toBe(1);
      }
      const rows = await company.query<{ customer_no: string }>(
        `select customer_no from customer where customer_no like $1`,
        [`N${seed}-%`],
      );
      expect(rows.length).toBe(together);
    },
    after: () => expectInvariants(company),
  });

  /** All that was written so far was written a day earlier. */
  async function letADayPass(): Promise<void> {
    await company.query(`update idempotency_key set created_at = created_at - interval '1 day'`);
    await company.query(`update import_batch set created_at = created_at - interval '1 day'`);
  }

  drill({
    name: 'the same orders and the same request a day late: nothing twice, and the first answer again',
    points: { short: 2, long: 40 },
    secondsEach: 30,
    async strike(seed) {
      const file = { seed, prefix: `LATE${seed}`, lines: 1200, customers: 90, badEvery: 100 };
      const first = await importOrders(company, makeOrderFile(file).content);
      const key = `late ${seed}`;
      const body = { customerNo: `LATE-${seed}`, name: `迟到 ${seed}` };
      const made = await company.api.post('/customers', body, { key });
      const kept = () =>
        company.query(
          `select count(*) as orders, sum(amount_minor)::bigint as minor, max(updated_at) as updated
           from customer_order where order_no like $1`,
          [`LATE${seed}-%`],
        );
      const before = await kept();
      await letADayPass();
      const again = await importOrders(company, makeOrderFile(file).content);
      expect(again.counts?.records['orders']).toEqual({
        ...first.counts?.records['orders'],
        added: 0,
        unchanged: first.counts?.records['orders']?.added,
      });
      expect(again.counts?.rejected).toBe(first.counts?.rejected);
      expect(await kept()).toEqual(before);
      const late = await company.api.post('/customers', body, { key });
      expect([late.status, late.body]).toEqual([made.status, made.body]);
      expect(late.headers.get('idempotency-replayed')).not.toBeNull();
      const other = await company.api.post('/customers', { ...body, name: '另一家' }, { key });
      expect(other.status).toBe(422);
    },
    after: () => expectInvariants(company),
  });
});

interface Account {
  customerId: number;
  rowVersion: number;
  shortName: string;
}

/** Clients that take from one account at the same time, and what there is. */
const takers = 64;
const units = 10;

describe('64 clients on one account', () => {
  let company: DrillCompany;
  beforeAll(async () => {
    company = await openDrillCompany();
  });
  afterAll(() => company?.end());

  drill({
    name: `${units} units, one a client, whoever comes first: exactly ${units} are taken`,
    points: { short: 2, long: 20 },
    secondsEach: 60,
    async strike(seed) {
      const made = await company.api.post<Account>('/customers', {
        customerNo: `ACCOUNT-${seed}`,
        name: `账户 ${seed}`,
        shortName: String(units),
      });
      expect(made.status).toBe(201);
      const path = `/customers/${made.body.customerId}`;
      let taken = 0;
      const seen = new Set<string>();
      const take = async () => {
        for (;;) {
          const { status: found, body } = await company.api.get<Account>(path);
          expect(found).toBe(200);
          seen.add(body.shortName);
          const left = Number(body.shortName);
          if (left === 0) return;
          const change = { rowVersion: body.rowVersion, shortName: String(left - 1) };
          const { status, body: answer } = await company.api.patch(path, change);
          if (status === 200) {
            taken += 1;
            return;
          }
          // Somebody else was quicker: look again.
          expect([status, answer.code]).toEqual([409, 'customers.changed']);
        }
      };
      await Promise.all(Array.from({ length: takers }, take));
      const [row] = await company.query(
        `select short_name, row_version - $2 as changes,
          (select count(*) from audit_entry where action = 'customer.updated' and subject_id = customer_id::text) as audited
         from customer where customer_id = $1`,
        [made.body.customerId, made.body.rowVersion],
      );
      expect({ taken, ...row }).toEqual({ taken: units, short_name: '0', changes: units, audited: units });
      expect([...seen].filter((left) => !(Number(left) >= 0 && Number(left) <= units))).toEqual([]);
    },
  });
});
