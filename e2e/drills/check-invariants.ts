import { expect } from 'vitest';
import type { DrillCompany } from '../support/drill-company.js';

/** Each query finds what must not be. */
const never: Readonly<Record<string, string>> = {
  'an order whose lines do not add up to it': `
    select o.order_id from customer_order o left join order_line l using (order_id) group by o.order_id
    having count(l.line_no) <> o.line_count or coalesce(sum(l.amount_minor), 0) <> o.amount_minor
      or coalesce(sum(l.base_amount_minor), 0) <> o.base_amount_minor`,
  'a line without its order': `
    select order_id from order_line l where not exists (select from customer_order o where o.order_id = l.order_id)`,
  'an order of nobody': `
    select order_id from customer_order o
    where not exists (select from customer c where c.customer_id = o.customer_id)`,
  'a line seen by others than its order': `
    select order_id from order_line l join customer_order o using (order_id) where l.customer_id <> o.customer_id`,
  'a customer whom no search finds': `
    select customer_id from customer c
    where not exists (select from customer_token t where t.customer_id = c.customer_id)`,
  'an entry of the register that is not as its customer': `
    select customer_id from customer c full join register_entry e using (customer_id)
    where (c.customer_no, c.name, c.short_name, c.parent_customer_id, c.owner_id, c.team_id, c.region, c.industry)
      is distinct from (e.customer_no, e.name, e.short_name, e.parent_customer_id, e.owner_id, e.team_id, e.region, e.industry)`,
  'a batch whose counts are not those of its rows': `
    select import_batch_id from import_batch b where status = 'imported' and
      ((counts->>'read')::int <> (counts->>'accepted')::int + (counts->>'rejected')::int
      or (counts->>'rejected')::int <>
        (select count(distinct line) from import_row_error e where e.import_batch_id = b.import_batch_id)
      or (counts->'records'->'orders'->>'added')::int <>
        (select count(*) from customer_order o where o.import_batch_id = b.import_batch_id))`,
  'an import that was finished other than once': `
    select b.import_batch_id from import_batch b left join audit_entry a
      on a.action = 'import.finished' and a.subject_id = b.import_batch_id::text
    where b.status = 'imported' group by 1 having count(a.audit_entry_id) <> 1`,
  'rows of a batch that was not imported': `
    select o.order_id from customer_order o join import_batch b using (import_batch_id) where b.status <> 'imported'`,
  'a customer added other than once': `
    select subject_id from audit_entry where action = 'customer.created' group by 1 having count(*) <> 1`,
  'scores of an unpublished run on a customer': `
    select customer_id from register_entry c join valuation_run r on r.valuation_run_id = c.score_run_id
    where r.status <> 'published'`,
  'customers with figures of two runs': `
    select max(score_run_id) from register_entry where score_run_id is not null having count(distinct score_run_id) > 1`,
  'a key without its answer': `select key from idempotency_key where status is null`,
};

/** What must be true of the database whatever has happened to the program. */
export async function expectInvariants(company: DrillCompany): Promise<void> {
  const broken: string[] = [];
  for (const [what, text] of Object.entries(never)) {
    const rows = await company.query(`${text} limit 5`);
    if (rows.length > 0) broken.push(`${what}: ${JSON.stringify(rows)}`);
  }
  expect(broken).toEqual([]);
}
