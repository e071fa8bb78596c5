import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import type { ReadRow, RefusedRow } from '../../intake/imports/index.js';
import { findCodes, readQualityPolicy } from '../identity/index.js';
import type { CustomerInput } from './import-customers.rules.js';
import type { FoundCustomer } from './import-customers.write.js';

/** Holds a file to the rule that a credit code belongs to one customer, where that is the rule. */
export class CreditCodes {
  private constructor(
    private readonly db: Db,
    private readonly viewer: Viewer,
    readonly isSole: boolean,
  ) {}

  static async open(db: Db, viewer: Viewer): Promise<CreditCodes> {
    const { sameCreditCode } = await readQualityPolicy(db);
    return new CreditCodes(db, viewer, sameCreditCode === 'refuse');
  }

  /** Of a customer that the user does not see, nothing is told but that there is one. */
  async refuseTaken(
    rows: readonly ReadRow<CustomerInput>[],
    known: ReadonlyMap<string, FoundCustomer>,
    refused: RefusedRow[],
  ): Promise<ReadRow<CustomerInput>[]> {
    if (!this.isSole) return [...rows];
    const codes = rows.flatMap(({ input }) => input.creditCode ?? []);
    const { seen, elsewhere } = await findCodes(this.db, this.viewer, codes);
    const holders = new Map<string, string>();
    return rows.filter(({ row, input }) => {
      const { creditCode } = input;
      const number = known.get(input.customerNo)?.customerNo ?? input.customerNo;
      if (creditCode === null || known.get(input.customerNo)?.creditCode === creditCode) return true;
      const holder = holders.get(creditCode) ?? seen.get(creditCode)?.find((one) => one !== number);
      if (holder !== undefined && holder !== number) {
        const params = { customerNo: holder };
        refused.push({ row, field: 'creditCode', code: 'customers.credit_code_taken', params });
        return false;
      }
      if (elsewhere.has(creditCode)) {
        refused.push({ row, field: 'creditCode', code: 'customers.credit_code_elsewhere', params: {} });
        return false;
      }
      holders.set(creditCode, number);
      return true;
    });
  }
}
