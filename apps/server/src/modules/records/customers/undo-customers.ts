import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { carryOwnership } from './carry-ownership.js';
import { writeTokens } from './import-tokens.js';
import { restoreProfiles } from './write-profile.js';

/** Takes back what a batch did to customers, where nobody has touched them since. */
export async function undoCustomers(db: Db, importBatchId: number): Promise<number> {
  const restored = await restoreChanged(db, importBatchId);
  // Those that remain were made by the batch; with an order, a contact, an interaction, a later subsidiary or an edit by
  // hand they stay.
  const removed = await sql`
    delete from customer c
    where c.import_batch_id = ${importBatchId} and c.row_version = 1
      and not exists (
        select from import_change g
        where g.import_batch_id = ${importBatchId} and g.record_kind = 'customer' and g.record_id = c.customer_id)
      and not exists (select from customer_order o where o.customer_id = c.customer_id)
      and not exists (select from contact p where p.customer_id = c.customer_id)
      and not exists (select from interaction i where i.customer_id = c.customer_id)
      and not exists (select from contract k where k.customer_id = c.customer_id)
      and not exists (select from receivable r where r.customer_id = c.customer_id)
      and not exists (select from payment y where y.customer_id = c.customer_id)
      and not exists (select from attachment f where f.customer_id = c.customer_id)
      and not exists (
        select from customer_note n where c.customer_id in (n.customer_id, n.other_customer_id))
      and not exists (
        select from customer child
        where child.parent_customer_id = c.customer_id and child.import_batch_id is distinct from c.import_batch_id)`.execute(
    db,
  );
  return restored + Number(removed.numAffectedRows ?? 0);
}

async function restoreChanged(db: Db, importBatchId: number): Promise<number> {
  const { rows } = await sql<{ customerId: number; before: unknown }>`
    update customer c set name = b.name, short_name = b.short_name, legal_name = b.legal_name,
      credit_code = b.credit_code, is_credit_code_sole = false, registry_country = b.registry_country,
      registry_no = b.registry_no, region = b.region, industry = b.industry,
      owner_id = b.owner_id, team_id = b.team_id, custom = b.custom, import_batch_id = b.import_batch_id,
      parent_customer_id = (select p.customer_id from customer p where p.customer_id = b.parent_customer_id),
      row_version = c.row_version + 1, updated_at = now()
    from import_change g, jsonb_populate_record(null::customer, g.before) b
    where g.import_batch_id = ${importBatchId} and g.record_kind = 'customer' and c.customer_id = g.record_id
      and c.import_batch_id = ${importBatchId} and c.row_version = b.row_version + 1
    returning c.customer_id as "customerId", g.before`.execute(db);
  const ids = rows.map((row) => row.customerId);
  await writeTokens(db, ids);
  await carryOwnership(db, ids);
  await restoreProfiles(db, rows);
  return rows.length;
}
