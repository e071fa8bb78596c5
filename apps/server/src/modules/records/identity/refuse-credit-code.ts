import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { readQualityPolicy } from './quality-policy.js';

interface Holder {
  creditCode: string;
  customerNo: string;
}

/** Who among those that the user sees has one of the codes, and which are with somebody he does not see. */
export async function findCodes(
  db: Db,
  viewer: Viewer,
  codes: readonly string[],
): Promise<{ seen: ReadonlyMap<string, string[]>; elsewhere: ReadonlySet<string> }> {
  if (codes.length === 0) return { seen: new Map(), elsewhere: new Set() };
  const ask = () =>
    sql<Holder>`
      select credit_code as "creditCode", customer_no as "customerNo" from customer
      where credit_code = any (${[...codes]}::text[])`.execute(db);
  const { rows } = await ask();
  const seen = new Map<string, string[]>();
  for (const { creditCode, customerNo } of rows) {
    seen.set(creditCode, [...(seen.get(creditCode) ?? []), customerNo]);
  }
  const all = viewer.scope === 'all' ? rows : (await withAllRows(db, viewer, ask)).rows;
  const elsewhere = all.filter(({ creditCode, customerNo }) => !seen.get(creditCode)?.includes(customerNo));
  return { seen, elsewhere: new Set(elsewhere.map(({ creditCode }) => creditCode)) };
}

/**
 * Refuses a code that another customer has, where the policy says that a code belongs to one. Of a customer that the user
 * does not see, nothing is told but that there is one.
 * @returns whether the code is to be held for this customer alone
 * @throws CodedError customers.credit_code_taken, customers.credit_code_elsewhere
 */
export async function refuseCreditCode(
  db: Db,
  viewer: Viewer,
  code: string | null,
  ownNumber: string,
): Promise<boolean> {
  if (code === null) return false;
  const { sameCreditCode } = await readQualityPolicy(db);
  if (sameCreditCode === 'flag') return false;
  const { seen, elsewhere } = await findCodes(db, viewer, [code]);
  const other = seen.get(code)?.find((customerNo) => customerNo !== ownNumber);
  if (other !== undefined) throw new CodedError('customers.credit_code_taken', { customerNo: other });
  if (elsewhere.has(code)) throw new CodedError('customers.credit_code_elsewhere');
  return true;
}

/** Whether the database refused a row because another came first with the code, at the same moment. */
export function isSoleCode(error: unknown): boolean {
  return (error as { constraint?: string } | null)?.constraint === 'customer_sole_credit_code';
}

/** @throws CodedError customers.credit_code_elsewhere; any other error as it is */
export function refuseSecondHolder(error: unknown): never {
  if (!isSoleCode(error)) throw error;
  throw new CodedError('customers.credit_code_elsewhere', {}, { cause: error });
}
