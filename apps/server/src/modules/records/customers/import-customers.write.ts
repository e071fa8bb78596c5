import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import type { BatchContext } from '../../intake/imports/index.js';
import { carryOwnership } from './carry-ownership.js';
import { findFormerNumbers } from './former-numbers.js';
import type { CustomerInput, CustomerState } from './import-customers.rules.js';
import { identityFields, writeTokens } from './import-tokens.js';
import { customerSnapshot } from './write-profile.js';

export interface FoundCustomer extends CustomerState {
  customerId: number;
  customerNo: string;
  /** A person who was erased: the number stays, and nothing is written under it any more. */
  isErased: boolean;
}

/** By number, among those that the user sees; a number that was merged away leads to the customer that remains. */
export async function findCustomers(db: Db, numbers: string[]): Promise<ReadonlyMap<string, FoundCustomer>> {
  const { rows } = await sql<FoundCustomer>`
    select customer_id as "customerId", customer_no as "customerNo", name, short_name as "shortName", region, industry,
      legal_name as "legalName", credit_code as "creditCode", registry_country as "registryCountry",
      registry_no as "registryNo", owner_id as "ownerId", team_id as "teamId", custom,
      erased_at is not null as "isErased"
    from customer where customer_no = any (${numbers}::text[]) for update`.execute(db);
  const found = new Map(rows.map((row) => [row.customerNo, row]));
  const former = await findFormerNumbers(
    db,
    numbers.filter((number) => !found.has(number)),
  );
  if (former.length === 0) return found;
  const { rows: survivors } = await sql<{ customerId: number; customerNo: string }>`
    select customer_id as "customerId", customer_no as "customerNo" from customer
    where customer_id = any (${former.map(({ customerId }) => customerId)}::bigint[])`.execute(db);
  const numberOf = new Map(survivors.map((row) => [row.customerId, row.customerNo]));
  const named = await findCustomers(db, [...numberOf.values()]);
  for (const { formerNo, customerId } of former) {
    const survivor = named.get(numberOf.get(customerId) ?? '');
    if (survivor) found.set(formerNo, survivor);
  }
  return found;
}

/** customer_id by number. */
export async function insertCustomers(
  db: Db,
  { importBatchId, newOwner, isDryRun }: BatchContext,
  inputs: readonly CustomerInput[],
  isCodeSole: boolean,
): Promise<ReadonlyMap<string, number>> {
  if (inputs.length === 0) return new Map();
  const owners = inputs.map(({ owner }) => owner ?? { userId: newOwner.ownerId, teamId: newOwner.teamId });
  const { rows } = await sql<{ customerId: number; customerNo: string }>`
    insert into customer (customer_no, name, short_name, legal_name, credit_code, registry_country, registry_no, region,
      industry, owner_id, team_id, custom, is_credit_code_sole, import_batch_id)
    select c.*, ${isCodeSole}::boolean and c.credit_code is not null, ${importBatchId}::bigint from ${unnest(
      'c',
      {
        customer_no: { type: 'text', values: inputs.map((input) => input.customerNo) },
        name: { type: 'text', values: inputs.map((input) => input.name ?? input.customerNo) },
        short_name: { type: 'text', values: inputs.map((input) => input.shortName) },
        legal_name: { type: 'text', values: inputs.map((input) => input.legalName) },
        credit_code: { type: 'text', values: inputs.map((input) => input.creditCode) },
        registry_country: { type: 'text', values: inputs.map((input) => input.registryCountry) },
        registry_no: { type: 'text', values: inputs.map((input) => input.registryNo) },
        region: { type: 'text', values: inputs.map((input) => input.region) },
        industry: { type: 'text', values: inputs.map((input) => input.industry) },
        owner_id: { type: 'int', values: owners.map((owner) => owner.userId) },
        team_id: { type: 'int', values: owners.map((owner) => owner.teamId) },
        custom: { type: 'jsonb', values: inputs.map((input) => JSON.stringify(input.custom)) },
      },
    )}
    ${isDryRun ? sql`on conflict (customer_no) do nothing` : sql``}
    returning customer_id as "customerId", customer_no as "customerNo"`.execute(db);
  await writeTokens(
    db,
    rows.map((row) => row.customerId),
  );
  return new Map(rows.map((row) => [row.customerNo, row.customerId]));
}

/** Keeps the customers as they are now, so that the batch can be taken back. */
export async function keepCustomers(db: Db, importBatchId: number, customerIds: number[]): Promise<void> {
  await sql`
    insert into import_change (import_batch_id, record_kind, record_id, before, created_by)
    select b.import_batch_id, 'customer', c.customer_id, ${customerSnapshot}, b.created_by
    from import_batch b, customer c
    where b.import_batch_id = ${importBatchId} and c.customer_id = any (${customerIds}::bigint[])
    on conflict do nothing`.execute(db);
}

/** Whether a customer is searched for or compared by something that has changed. */
function isKnownOtherwise(before: CustomerState, after: CustomerState): boolean {
  const own = ['name', 'shortName', 'legalName', 'creditCode', 'registryCountry', 'registryNo'] as const;
  return (
    own.some((field) => before[field] !== after[field]) ||
    identityFields.some((field) => before.custom[field] !== after.custom[field])
  );
}

interface CustomerUpdate {
  before: FoundCustomer;
  after: CustomerState;
}

export async function updateCustomers(
  db: Db,
  importBatchId: number,
  updates: readonly CustomerUpdate[],
  isCodeSole: boolean,
): Promise<void> {
  if (updates.length === 0) return;
  const ids = updates.map(({ before }) => before.customerId);
  await keepCustomers(db, importBatchId, ids);
  const after = updates.map((update) => update.after);
  await sql`
    update customer c set name = n.name, short_name = n.short_name, legal_name = n.legal_name,
      is_credit_code_sole = case when n.credit_code is distinct from c.credit_code
        then ${isCodeSole}::boolean and n.credit_code is not null else c.is_credit_code_sole end,
      credit_code = n.credit_code, registry_country = n.registry_country, registry_no = n.registry_no, region = n.region, industry = n.industry,
      owner_id = n.owner_id, team_id = n.team_id, custom = n.custom, import_batch_id = ${importBatchId},
      row_version = c.row_version + 1, updated_at = now()
    from ${unnest('n', {
      customer_id: { type: 'bigint', values: ids },
      name: { type: 'text', values: after.map((state) => state.name) },
      short_name: { type: 'text', values: after.map((state) => state.shortName) },
      legal_name: { type: 'text', values: after.map((state) => state.legalName) },
      credit_code: { type: 'text', values: after.map((state) => state.creditCode) },
      registry_country: { type: 'text', values: after.map((state) => state.registryCountry) },
      registry_no: { type: 'text', values: after.map((state) => state.registryNo) },
      region: { type: 'text', values: after.map((state) => state.region) },
      industry: { type: 'text', values: after.map((state) => state.industry) },
      owner_id: { type: 'int', values: after.map((state) => state.ownerId) },
      team_id: { type: 'int', values: after.map((state) => state.teamId) },
      custom: { type: 'jsonb', values: after.map((state) => JSON.stringify(state.custom)) },
    })}
    where c.customer_id = n.customer_id`.execute(db);
  const named = updates.filter(({ before, after: next }) => isKnownOtherwise(before, next));
  await writeTokens(
    db,
    named.map(({ before }) => before.customerId),
  );
  const moved = updates.filter(
    ({ before, after: next }) => before.ownerId !== next.ownerId || before.teamId !== next.teamId,
  );
  await carryOwnership(
    db,
    moved.map(({ before }) => before.customerId),
  );
}
