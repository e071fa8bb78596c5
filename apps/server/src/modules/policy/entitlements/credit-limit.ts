import { sql, type RawBuilder } from 'kysely';

/** The base currency, and its minor units in one of it. */
interface Money {
  currency: string;
  minorUnit: number;
}

/**
 * A row a customer whose tier has a limit of credit: entitlement_id, customer_id, limit_minor, open_minor (bills in the base
 * currency that are not paid yet), is_over. Bills in other currencies count for nothing: nobody knows at which rate.
 */
export function creditOf({ currency, minorUnit }: Money): RawBuilder<unknown> {
  return sql`
    select e.entitlement_id, c.customer_id, round(p.quantity * ${minorUnit}::float8)::bigint as limit_minor,
      coalesce(owed.minor, 0)::bigint as open_minor, coalesce(owed.minor, 0) > p.quantity * ${minorUnit}::float8 as is_over
    from entitlement e join tier_entitlement p on p.entitlement_id = e.entitlement_id and p.quantity > 0
      join register_entry c on c.tier_id = p.tier_id
      left join (
        select customer_id, sum(amount_minor - received_minor) as minor from receivable
        where deleted_at is null and received_minor < amount_minor and currency = ${currency}
        group by customer_id) owed on owed.customer_id = c.customer_id
    where e.kind = 'credit-limit'`;
}
