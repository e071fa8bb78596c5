import type { ValidationRule } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import {
  findTaken,
  SeenNumbers,
  type BatchContext,
  type ImportKindDefinition,
  type ImportTarget,
  type RefusedRow,
  type SourceRow,
} from '../../intake/imports/index.js';
import { readValidationRules, refusalByRules } from '../identity/index.js';
import { CreditCodes } from './import-customers.codes.js';
import { CustomerParents } from './import-customers.parents.js';
import { ImportedProfiles, OwnColumns, refusalOfMissing } from './import-customers.profile.js';
import {
  customerFields,
  fillingOnly,
  isSameState,
  missingCustomerFields,
  nextState,
  Owners,
  readCustomer,
  type CustomerState,
  type ReadRow,
} from './import-customers.rules.js';
import {
  findCustomers,
  insertCustomers,
  updateCustomers,
  type FoundCustomer,
} from './import-customers.write.js';
import { undoCustomers } from './undo-customers.js';

/** Stands for one that has no number yet, and no profile. */
const newCustomer = 0;

/** Customers are written by their number: new ones are made, known ones get the fields that the file has. */
class CustomerTarget implements ImportTarget {
  private added = 0;
  private changed = 0;
  private unchanged = 0;
  private readonly profiles: ImportedProfiles;

  constructor(
    private readonly db: Db,
    private readonly batch: BatchContext,
    private readonly owners: Owners,
    private readonly seen: SeenNumbers,
    private readonly parents: CustomerParents,
    private readonly codes: CreditCodes,
    private readonly rules: readonly ValidationRule[],
    private readonly own: OwnColumns,
  ) {
    this.profiles = new ImportedProfiles(db, own);
  }

  read(rows: readonly SourceRow[]): Promise<() => Promise<RefusedRow[]>> {
    const refused: RefusedRow[] = [];
    const read = this.readRows(rows, refused);
    return Promise.resolve(() => this.write(read, refused));
  }

  async finish(): Promise<RefusedRow[]> {
    const { refused, newlyChanged } = await this.parents.write();
    this.changed += newlyChanged;
    this.unchanged -= newlyChanged;
    return refused;
  }

  counts(): ReturnType<ImportTarget['counts']> {
    const { added, changed, unchanged } = this;
    return { records: { customers: { added, changed, unchanged } } };
  }

  private async write(rows: readonly ReadRow[], refused: RefusedRow[]): Promise<RefusedRow[]> {
    const distinct = await this.refuseRepeated(rows, refused);
    const known = await findCustomers(
      this.db,
      distinct.map(({ input }) => input.customerNo),
    );
    const allowed = this.refuseBroken(leadToSurvivors(distinct, known), known, refused);
    const read = await this.codes.refuseTaken(allowed, known, refused);
    const unseen = read.filter(({ input }) => !known.has(input.customerNo));
    const taken = await findTaken(
      this.db,
      this.batch.viewer,
      { table: 'customer', column: 'customer_no' },
      unseen.map(({ input }) => input.customerNo),
    );
    for (const { row, input } of unseen.filter((one) => taken.has(one.input.customerNo))) {
      const params = { customer: input.customerNo };
      refused.push({ row, field: 'customerId', code: 'imports.customer_not_available', params });
    }
    const free = unseen.filter(({ input }) => !taken.has(input.customerNo));
    const fresh = this.refuseUnfilled(free, refused);
    await this.profiles.load([...new Set([...known.values()].map(({ customerId }) => customerId))]);
    const ids = await insertCustomers(
      this.db,
      this.batch,
      fresh.map(({ input }) => input),
      this.codes.isSole,
    );
    this.added += fresh.length;
    for (const { input } of fresh) {
      const customerId = ids.get(input.customerNo);
      if (customerId !== undefined) this.profiles.change(customerId, input.profile);
    }
    await this.update(read, known, refused);
    await this.profiles.write();
    await this.parents.keep(
      read.flatMap(({ row, input }) => {
        const customerId = ids.get(input.customerNo) ?? known.get(input.customerNo)?.customerId;
        return customerId === undefined || input.parentNo === null
          ? []
          : [{ row, customerId, parentNo: input.parentNo }];
      }),
    );
    return refused;
  }

  private readRows(rows: readonly SourceRow[], refused: RefusedRow[]): ReadRow[] {
    const { fields } = this.batch;
    return rows.flatMap((row) => {
      fields.open(row.cells);
      const input = readCustomer(fields, this.owners, this.own);
      if (input) return [{ row, input }];
      if (fields.refusal) refused.push({ row, ...fields.refusal });
      return [];
    });
  }

  private refuseUnfilled(rows: readonly ReadRow[], refused: RefusedRow[]): ReadRow[] {
    return rows.filter(({ row, input }) => {
      const misplaced = this.profiles.refusalOf(newCustomer, input.profile);
      const refusal =
        misplaced === null
          ? refusalOfMissing(this.own, { row, profile: input.profile })
          : { row, ...misplaced };
      if (refusal !== null) refused.push(refusal);
      return refusal === null;
    });
  }

  /** The administrator's rules hold for what a file writes as for what a person does. */
  private refuseBroken(
    rows: readonly ReadRow[],
    known: ReadonlyMap<string, FoundCustomer>,
    refused: RefusedRow[],
  ): ReadRow[] {
    if (this.rules.length === 0) return [...rows];
    return rows.filter(({ row, input }) => {
      const before = known.get(input.customerNo) ?? null;
      const own = { ...input, name: input.name ?? input.customerNo, ownerId: this.batch.newOwner.ownerId };
      const after = before === null ? own : nextState(before, input);
      const refusal = refusalByRules(this.rules, before && { ...before }, { ...after });
      if (refusal) refused.push({ row, ...refusal });
      return refusal === null;
    });
  }

  private async refuseRepeated(read: readonly ReadRow[], refused: RefusedRow[]): Promise<ReadRow[]> {
    const firstLines = await this.seen.note(
      read.map(({ row, input }) => ({ number: input.customerNo, line: row.line })),
    );
    return read.filter(({ row, input }) => {
      const line = firstLines.get(input.customerNo) ?? row.line;
      if (line === row.line) return true;
      const params = { number: input.customerNo, line };
      refused.push({ row, field: 'customerId', code: 'imports.repeated_in_file', params });
      return false;
    });
  }

  private async update(
    read: readonly ReadRow[],
    known: ReadonlyMap<string, FoundCustomer>,
    refused: RefusedRow[],
  ): Promise<void> {
    // By id: the file may name one customer by its number and by one that was merged away.
    const updates = new Map<number, { before: FoundCustomer; after: CustomerState }>();
    for (const { row, input } of read) {
      const before = known.get(input.customerNo);
      if (!before) continue;
      const refusal = this.profiles.refusalOf(before.customerId, input.profile);
      if (refusal !== null) {
        refused.push({ row, ...refusal });
        continue;
      }
      const so = updates.get(before.customerId)?.after ?? before;
      const after = nextState(so, input);
      const isOther = this.profiles.change(before.customerId, input.profile);
      if (isSameState(so, after) && !isOther) this.unchanged += 1;
      else updates.set(before.customerId, { before, after });
    }
    const changed = [...updates.values()];
    await updateCustomers(this.db, this.batch.importBatchId, changed, this.codes.isSole);
    this.changed += changed.length;
  }
}

/** Rows under a number that was merged away speak of the customer that remains: they fill what it leaves open. */
function leadToSurvivors(rows: readonly ReadRow[], known: ReadonlyMap<string, FoundCustomer>): ReadRow[] {
  return rows.map(({ row, input }) => {
    const before = known.get(input.customerNo);
    const isFormer = before !== undefined && before.customerNo !== input.customerNo;
    return { row, input: isFormer ? fillingOnly(before, input) : input };
  });
}

/** Only people whom the user sees may be given customers, and those are people whose customers the user sees. */
async function readOwners(db: Db): Promise<Owners> {
  const { rows } = await sql<{ userId: number; teamId: number | null; email: string; name: string }>`
    select id as "userId", team_id as "teamId", email, name from app_user where disabled_at is null`.execute(
    db,
  );
  return new Owners(rows);
}

export const customersImport: ImportKindDefinition = {
  kind: 'customers',
  fields: customerFields,
  hasCustomFields: true,
  missing: missingCustomerFields,
  refusalOf: (fields, cells) => {
    fields.open(cells);
    readCustomer(fields, null, new OwnColumns([]));
    return fields.refusal;
  },
  open: async (db, batch) =>
    new CustomerTarget(
      db,
      batch,
      await readOwners(db),
      await SeenNumbers.open(db),
      await CustomerParents.open(db, batch.importBatchId),
      await CreditCodes.open(db, batch.viewer),
      await readValidationRules(db),
      await OwnColumns.open(db, batch.viewer.fieldRules),
    ),
  undo: undoCustomers,
};
