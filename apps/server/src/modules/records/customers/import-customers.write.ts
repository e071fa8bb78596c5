import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import type { BatchContext } from '../../intake/imports/index.js';
import { carryOwnership } from './carry-ownership.js';
import type { CustomerInput, CustomerState } from './import-customers.rules.js';
import { writeTokens } from './import-tokens.js';

export interface FoundCustomer extends CustomerState {
  customerId: number;
  customerNo: string;
}

/** By number, among those that the user sees. */
export async function findCustomers(db: Db, numbers: string[]): Promise<ReadonlyMap<string, FoundCustomer>> {
  const { rows } = await sql<FoundCustomer>`
    select customer_id as "customerId", customer_no as "customerNo", name, short_name as "shortName", region, industry,
      owner_id as "ownerId", team_id as "teamId", custom
    from customer where customer_no = any (${numbers}::text[]) for update`.execute(db);
  return new Map(rows.map((row) => [row.customerNo, row]));
}

/** customer_id by number. */
export async function insertCustomers(
  db: Db,
  { importBatchId, newOwner }: BatchContext,
  inputs: readonly CustomerInput[],
): Promise<ReadonlyMap<string, number>> {
  if (inputs.length === 0) return new Map();
  const owners = inputs.map(({ owner }) => owner ?? { userId: newOwner.ownerId, teamId: newOwner.teamId });
  const { rows } = await sql<FoundCustomer>`
    insert into customer (customer_no, name, short_name, region, industry, owner_id, team_id, custom, import_batch_id)
    select c.*, ${importBatchId}::bigint from ${unnest('c', {
      customer_no: { type: 'text', values: inputs.map((input) => input.customerNo) },
      name: { type: 'text', values: inputs.map((input) => input.name ?? input.customerNo) },
      short_name: { type: 'text', values: inputs.map((input) => input.shortName) },
      region: { type: 'text', values: inputs.map((input) => input.region) },
      industry: { type: 'text', values: inputs.map((input) => input.industry) },
      owner_id: { type: 'int', values: owners.map((owner) => owner.userId) },
      team_id: { type: 'int', values: owners.map((owner) => owner.teamId) },
      custom: { type: 'jsonb', values: inputs.map((input) => JSON.stringify(input.custom)) },
    })}
    returning customer_id as "customerId", customer_no as "customerNo", name, short_name as "shortName",
      owner_id as "ownerId", team_id as "teamId"`.execute(db);
  await writeTokens(db, rows);
  return new Map(rows.map((row) => [row.customerNo, row.customerId]));
}

/** Keeps the customers as they are now, so that the batch can be taken back. */
export async function keepCustomers(db: Db, importBatchId: number, customerIds: number[]): Promise<void> {
  await sql`
    insert into import_change (import_batch_id, record_kind, record_id, before, created_by)
    select b.import_batch_id, 'customer', c.customer_id, to_jsonb(c), b.created_by
    from import_batch b, customer c
    where b.import_batch_id = ${importBatchId} and c.customer_id = any (${customerIds}::bigint[])`.execute(
    db,
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
): Promise<void> {
  if (updates.length === 0) return;
  const ids = updates.map(({ before }) => before.customerId);
  await keepCustomers(db, importBatchId, ids);
  const after = updates.map((update) => update.after);
  await sql`
    update customer c set name = n.name, short_name = n.short_name, region = n.region, industry = n.industry,
      owner_id = n.owner_id, team_id = n.team_id, custom = n.custom, import_batch_id = ${importBatchId},
      row_version = c.row_version + 1, updated_at = now()
    from ${unnest('n', {
      customer_id: { type: 'bigint', values: ids },
      name: { type: 'text', values: after.map((state) => state.name) },
      short_name: { type: 'text', values: after.map((state) => state.shortName) },
      region: { type: 'text', values: after.map((state) => state.region) },
      industry: { type: 'text', values: after.map((state) => state.industry) },
      owner_id: { type: 'int', values: after.map((state) => state.ownerId) },
      team_id: { type: 'int', values: after.map((state) => state.teamId) },
      custom: { type: 'jsonb', values: after.map((state) => JSON.stringify(state.custom)) },
    })}
    where c.customer_id = n.customer_id`.execute(db);
  const named = updates.filter(
    ({ before, after: next }) => before.name !== next.name || before.shortName !== next.shortName,
  );
  await writeTokens(
    db,
    named.map(({ before: { customerId, customerNo }, after: next }) => ({ ...next, customerId, customerNo })),
  );
  const moved = updates.filter(
    ({ before, after: next }) => before.ownerId !== next.ownerId || before.teamId !== next.teamId,
  );
  await carryOwnership(
    db,
    moved.map(({ before }) => before.customerId),
  );
}
