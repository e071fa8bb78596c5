import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';

/** Rows that carry their customer's owner and team, so that no policy has to look into the parent. */
const children = [
  'customer_token',
  'contact',
  'contact_token',
  'contact_consent',
  'interaction',
  'group_membership',
  'contract',
  'receivable',
  'payment',
  'payment_allocation',
  'attachment',
  'customer_profile',
  'customer_tag',
  'customer_field_value',
  'bulk_edit_change',
  'customer_note',
  'customer_order',
  'customer_score',
  'customer_churn',
  'customer_share',
  'customer_stage',
  'warning',
  'poaching_sign',
  'lookalike',
  'task',
  'customer_key',
  'customer_quality',
  'customer_alias',
  'customer_merge',
  'tier_result',
  'tier_decision',
  'entitlement_use',
  'service_clock',
  'segment_member',
  'customer_member',
  'ownership_dispute',
] as const;

/** Brings owner and team of the customers' rows up to date after the customers have changed hands. */
export async function carryOwnership(db: Db, customerIds: readonly number[]): Promise<void> {
  if (customerIds.length === 0) return;
  for (const table of children) {
    await sql`
      update ${sql.id(table)} child set owner_id = c.owner_id, team_id = c.team_id
      from customer c
      where c.customer_id = any (${customerIds}::bigint[]) and child.customer_id = c.customer_id
        and (child.owner_id, child.team_id) is distinct from (c.owner_id, c.team_id)`.execute(db);
  }
  await sql`
    update order_line line set owner_id = o.owner_id, team_id = o.team_id
    from customer_order o
    where o.customer_id = any (${customerIds}::bigint[]) and line.order_id = o.order_id
      and (line.owner_id, line.team_id) is distinct from (o.owner_id, o.team_id)`.execute(db);
}
