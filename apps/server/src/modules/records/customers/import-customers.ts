import type { CustomField } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unseenAmong, type FieldRules } from '../../../platform/http/field-wall.rules.js';
import {
  findTaken,
  importKind,
  readRows,
  SeenNumbers,
  type BatchContext,
  type ImportTarget,
  type ReadRow,
  type RefusedRow,
  type TargetCounts,
} from '../../intake/imports/index.js';
import { findMarked, markedNumber } from '../erased-marks.js';
import { readFields } from '../fields/index.js';
import { readRulesFor, refusalByRules, type HeldRules } from '../identity/index.js';
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
  type CustomerInput,
  type CustomerState,
  type OwnerNamed,
} from './import-customers.rules.js';
import {
  findCustomers,
  insertCustomers,
  updateCustomers,
  type FoundCustomer,
} from './import-customers.write.js';
import { undoCustomers } from './undo-customers.js';

type CustomerRow = ReadRow<CustomerInput>;

/** Stands for one that has no number yet, and no profile. */
const newCustomer = 0;

/** Customers are written by their number: new ones are made, known ones get the fields that the file has. */
class CustomerTarget implements ImportTarget<CustomerRow[]> {
  private added = 0;
  private changed = 0;
  private unchanged = 0;
  private readonly profiles: ImportedProfiles;

  constructor(
    private readonly db: Db,
    private readonly batch: BatchContext,
    private readonly seen: SeenNumbers,
    private readonly parents: CustomerParents,
    private readonly codes: CreditCodes,
    private readonly held: HeldRules,
    private readonly own: OwnColumns,
  ) {
    this.profiles = new ImportedProfiles(db, own);
  }

  async finish(): Promise<RefusedRow[]> {
    const { refused, newlyChanged } = await this.parents.write();
    this.changed += newlyChanged;
    this.unchanged -= newlyChanged;
    return refused;
  }

  counts(): TargetCounts {
    const { added, changed, unchanged } = this;
    return { records: { customers: { added, changed, unchanged } } };
  }

  async write(rows: readonly CustomerRow[]): Promise<RefusedRow[]> {
    const refused: RefusedRow[] = [];
    const distinct = await this.refuseRepeated(rows, refused);
    const known = await findCustomers(
      this.db,
      distinct.map(({ input }) => input.customerNo),
    );
    const living = await this.refuseErased(distinct, known, refused);
    await this.profiles.load([...new Set([...known.values()].map(({ customerId }) => customerId))]);
    const open = this.refuseUnseen(leadToSurvivors(living, known), known, refused);
    const allowed = this.refuseBroken(open, known, refused);
    const read = await this.codes.refuseTaken(allowed, known, refused);
    const unseen = read.filter(({ input }) => !known.has(input.customerNo));
    const taken = await findTaken(
      this.db,
      this.batch,
      { table: 'customer', column: 'customer_no' },
      unseen.map(({ input }) => input.customerNo),
    );
    for (const { row, input } of unseen.filter((one) => taken.has(one.input.customerNo))) {
      const params = { customer: input.customerNo };
      refused.push({ row, field: 'customerId', code: 'imports.customer_not_available', params });
    }
    const free = unseen.filter(({ input }) => !taken.has(input.customerNo));
    const fresh = this.refuseUnfilled(free, refused);
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

  private refuseUnfilled(rows: readonly CustomerRow[], refused: RefusedRow[]): CustomerRow[] {
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

  /** What the wall keeps from the user stays as it is: whoever does not see a number does not write another over it. */
  private refuseUnseen(
    rows: readonly CustomerRow[],
    known: ReadonlyMap<string, FoundCustomer>,
    refused: RefusedRow[],
  ): CustomerRow[] {
    const rules = this.batch.viewer.fieldRules ?? {};
    return rows.filter(({ row, input }) => {
      const before = known.get(input.customerNo);
      if (before === undefined) return true;
      const field = unseenAmong(rules, { ...input.custom, ...input }, { ...before.custom, ...before });
      if (field !== undefined) refused.push({ row, field, code: 'fields.restricted_forbidden', params: {} });
      return field === undefined;
    });
  }

  /** The administrator's rules hold for what a file writes as for what a person does. */
  private refuseBroken(
    rows: readonly CustomerRow[],
    known: ReadonlyMap<string, FoundCustomer>,
    refused: RefusedRow[],
  ): CustomerRow[] {
    if (this.held.rules.length === 0) return [...rows];
    return rows.filter(({ row, input }) => {
      const before = known.get(input.customerNo) ?? null;
      const own = { ...input, name: input.name ?? input.customerNo, ownerId: this.batch.newOwner.ownerId };
      const after = before === null ? own : nextState(before, input);
      const kept = before === null ? {} : this.profiles.of(before.customerId).fields;
      const refusal = refusalByRules(this.held, before && { ...before, fields: kept }, {
        ...after,
        fields: { ...kept, ...input.profile.fields },
      });
      if (refusal) refused.push({ row, ...refusal });
      return refusal === null;
    });
  }

  /** A person who was erased does not come back, under the number that stayed or under the one that was erased as well. */
  private async refuseErased(
    rows: readonly CustomerRow[],
    known: ReadonlyMap<string, FoundCustomer>,
    refused: RefusedRow[],
  ): Promise<CustomerRow[]> {
    const unknown = rows.filter(({ input }) => !known.has(input.customerNo));
    const marked = await findMarked(
      this.db,
      this.batch.marks,
      unknown.map(({ input }) => markedNumber(input.customerNo)),
    );
    return rows.filter(({ row, input }) => {
      const isErased = known.get(input.customerNo)?.isErased ?? marked.has(markedNumber(input.customerNo));
      if (isErased) refused.push({ row, field: 'customerId', code: 'imports.person_erased', params: {} });
      return !isErased;
    });
  }

  private async refuseRepeated(read: readonly CustomerRow[], refused: RefusedRow[]): Promise<CustomerRow[]> {
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
    read: readonly CustomerRow[],
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
function leadToSurvivors(
  rows: readonly CustomerRow[],
  known: ReadonlyMap<string, FoundCustomer>,
): CustomerRow[] {
  return rows.map(({ row, input }) => {
    const before = known.get(input.customerNo);
    const isFormer = before !== undefined && before.customerNo !== input.customerNo;
    return { row, input: isFormer ? fillingOnly(before, input) : input };
  });
}

/** What reading has to know: whom the file may name, and which columns are fields of the company's own. */
interface Known {
  people: OwnerNamed[];
  fields: CustomField[];
  fieldRules: FieldRules;
}

/** Only people whom the user sees may be given customers, and those are people whose customers the user sees. */
async function readPeople(db: Db): Promise<OwnerNamed[]> {
  const { rows } = await sql<OwnerNamed>`
    select id as "userId", team_id as "teamId", email, name from app_user where disabled_at is null`.execute(
    db,
  );
  return rows;
}

export const customersImport = importKind({
  kind: 'customers',
  fields: customerFields,
  hasCustomFields: true,
  ownFields: async (db, fieldRules) => new OwnColumns(await readFields(db), fieldRules).names(),
  missing: missingCustomerFields,
  know: async (db, { viewer }): Promise<Known> => ({
    people: await readPeople(db),
    fields: await readFields(db),
    fieldRules: viewer.fieldRules ?? {},
  }),
  reader: (fields, known) => {
    const owners = known && new Owners(known.people);
    const own = new OwnColumns(known?.fields ?? [], known?.fieldRules);
    return (rows) => readRows(fields, rows, () => readCustomer(fields, owners, own));
  },
  open: async (db, batch) =>
    new CustomerTarget(
      db,
      batch,
      await SeenNumbers.open(db),
      await CustomerParents.open(db, batch.importBatchId),
      await CreditCodes.open(db, batch.viewer),
      await readRulesFor(db, batch.viewer.fieldRules ?? {}),
      new OwnColumns(await readFields(db), batch.viewer.fieldRules),
    ),
  undo: undoCustomers,
});
