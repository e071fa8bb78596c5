import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Answer } from '../support/api-client.js';
import { openDrillCompany, type DrillCompany } from '../support/drill-company.js';
import { seeded } from '../support/seeded.js';
import { expectInvariants } from './check-invariants.js';
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
});
