import type { QualityField, QualityPolicy } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';

/** Days for which a record that somebody has touched is as fresh as it can be. */
const freshDays = 30;

/** Whether a customer `c`, with its profile `f`, has what a field asks for. */
const isFilled: Readonly<Record<QualityField, string>> = {
  shortName: 'c.short_name is not null',
  legalName: 'c.legal_name is not null',
  creditCode: 'c.credit_code is not null or c.registry_no is not null',
  region: 'c.region is not null or f.division_code is not null or f.country_code is not null',
  industry: 'c.industry is not null or f.industry_code is not null',
  owner: 'c.owner_id is not null',
  phone: `c.custom ?| array['phone', '电话', '联系电话', '手机'] or p.has_phone`,
  address: `c.custom ?| array['address', '地址', '详细地址'] or jsonb_array_length(f.addresses) > 0`,
  contact: 'p.customer_id is not null',
};

function weightsOf({ weights }: QualityPolicy): readonly (readonly [QualityField, number])[] {
  return (Object.entries(weights) as [QualityField, number][]).filter(([, weight]) => weight > 0);
}

/**
 * Completeness, freshness and what is missing of customers `c`, a row each. Signs of life: an edit, a contact that was
 * written, an interaction, an order.
 */
export function qualityRows(
  policy: QualityPolicy,
  today: string,
  timeZone: string,
  customers: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const weights = weightsOf(policy);
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0) || 1;
  const points = weights.map(
    ([field, weight]) => sql`case when ${sql.raw(isFilled[field])} then ${sql.lit(weight)} else 0 end`,
  );
  const missing = weights.map(
    ([field]) => sql`case when ${sql.raw(isFilled[field])} then null else ${sql.lit(field)} end`,
  );
  const staleAfter = policy.staleDays * 2;
  const dayOf = (moment: string) => sql`(${sql.raw(moment)} at time zone ${sql.lit(timeZone)})::date`;
  return sql`
    select t.customer_id, t.owner_id, t.team_id, t.completeness, t.missing, t.touched_on,
      least(100, greatest(0, round(100.0 * (${sql.lit(staleAfter)} - (${today}::date - t.touched_on))
        / ${sql.lit(Math.max(1, staleAfter - freshDays))})))::smallint as freshness
    from (
      select c.customer_id, c.owner_id, c.team_id,
        round(100.0 * (${points.length === 0 ? sql`0` : sql.join(points, sql` + `)}) / ${sql.lit(total)})::smallint as completeness,
        array_remove(array[${missing.length === 0 ? sql`null` : sql.join(missing)}]::text[], null) as missing,
        greatest(${dayOf('c.updated_at')}, ${dayOf('p.at')}, ${dayOf('i.at')}, o.on_day) as touched_on
      from (${customers}) c
        left join customer_profile f on f.customer_id = c.customer_id
        left join (select customer_id, max(updated_at) as at, bool_or(cardinality(phones) > 0) as has_phone
          from contact where deleted_at is null group by customer_id) p on p.customer_id = c.customer_id
        left join (select customer_id, max(happened_at) as at from interaction where deleted_at is null
          group by customer_id) i on i.customer_id = c.customer_id
        left join (select customer_id, max(ordered_on) as on_day from customer_order
          group by customer_id) o on o.customer_id = c.customer_id
    ) t`;
}

/** Measures every customer anew. `db` sees all. */
export async function measureAll(
  db: Db,
  policy: QualityPolicy,
  today: string,
  timeZone: string,
): Promise<number> {
  await sql`delete from customer_quality`.execute(db);
  const { numAffectedRows } = await sql`
    insert into customer_quality (customer_id, owner_id, team_id, completeness, missing, touched_on, freshness)
    ${qualityRows(policy, today, timeZone, sql`select * from customer`)}`.execute(db);
  return Number(numAffectedRows ?? 0);
}
