import type pg from 'pg';

/**
 * Two orders a customer within the last year with two lines each, tags on every seventh, and a published run with a score of
 * everybody.
 */
export async function fillRecords(database: pg.Client): Promise<void> {
  await database.query(
    `insert into customer_order (order_key, customer_id, ordered_on, currency, amount_minor,
       base_amount_minor, line_count, content_hash)
     select customer_id || '-' || k, customer_id,
       date '2026-11-20' - ((customer_id * (37 + k)) % 360)::int, 'CNY', 1000 + customer_id % 90000,
       1000 + customer_id % 90000, 1, 'h'
     from customer, generate_series(1, 2) k`,
  );
  await database.query(
    `insert into product (product_no, name, category)
     select 'P' || n, 'product ' || n, 'category ' || n % 20 from generate_series(1, 500) n`,
  );
  await database.query(
    `insert into order_line (order_id, line_no, customer_id, product_id, quantity, amount_minor,
       base_amount_minor, base_margin_minor)
     select order_id, n, customer_id, 1 + (order_id * n) % 500, 1, amount_minor / 2, amount_minor / 2,
       amount_minor / 8
     from customer_order, generate_series(1, 2) n`,
  );
  await database.query(
    `insert into customer_tag (tag, customer_id, owner_id, team_id)
     select 'bench', customer_id, owner_id, team_id from customer where customer_id % 7 = 0`,
  );
  await database.query(
    `insert into valuation_run (status, as_of, options, created_by, published_at)
     select 'published', '2026-11-20', '{}', min(id), now() from app_user`,
  );
  await database.query(
    `insert into customer_score (valuation_run_id, customer_id, owner_id, team_id, first_order_on, last_order_on, orders,
       frequency, recency, age, monetary_value, p_alive, expected_orders, expected_spend, clv, clv_low, clv_high, clv_sd,
       rfm_segment)
     select (select max(valuation_run_id) from valuation_run), customer_id, owner_id, team_id, '2025-01-01', last_order_on,
       orders, orders, 1, 1, monetary_value, p_alive, expected_orders, monetary_value, clv, clv_low, clv_high, 1, rfm_segment
     from register_entry where clv is not null`,
  );
  await database.query(`update register_entry set spend_minor = orders * 100000 where customer_id % 10 = 0`);
  for (const table of ['customer_order', 'order_line', 'customer_tag', 'customer_score', 'register_entry']) {
    await database.query(`vacuum analyze ${table}`);
  }
}
