import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import type { PlacedPart } from './import-orders.write.js';

/** Orders of the file that the database knew before. Their lines wait in temporary tables until all have come. */
export class ChangedOrders {
  changed = 0;
  unchanged = 0;
  private parts = 0;

  constructor(
    private readonly db: Db,
    private readonly importBatchId: number,
  ) {}

  /** Makes the tables; they are gone when the transaction ends, however it ends. */
  static async prepare(db: Db): Promise<void> {
    await sql`
      create temporary table import_order_part (
        part int primary key,
        order_id bigint not null,
        customer_no text not null,
        customer_id bigint not null,
        ordered_on date not null,
        currency text not null,
        amount_minor bigint not null,
        base_amount_minor bigint not null,
        base_margin_minor bigint,
        lines int not null,
        hash_a bigint not null,
        hash_b bigint not null
      ) on commit drop`.execute(db);
    await sql`create index on import_order_part (order_id)`.execute(db);
    await sql`
      create temporary table import_order_line (
        part int not null,
        nth int not null,
        product_id bigint,
        quantity numeric(18, 4),
        amount_minor bigint not null,
        base_amount_minor bigint not null,
        base_margin_minor bigint
      ) on commit drop`.execute(db);
  }

  /** @param lines all of the window, as `lineColumns` gives them */
  async keep(lines: RawBuilder<unknown>, placed: readonly PlacedPart[]): Promise<void> {
    if (placed.length === 0) return;
    const numbered = placed.map((one, at) => ({ ...one, number: this.parts + at }));
    this.parts += placed.length;
    await sql`
      insert into import_order_part select * from ${unnest('p', {
        part: { type: 'int', values: numbered.map(({ number }) => number) },
        order_id: { type: 'bigint', values: numbered.map(({ order }) => order?.orderId ?? null) },
        customer_no: { type: 'text', values: numbered.map(({ part }) => part.customerNo) },
        customer_id: { type: 'bigint', values: numbered.map(({ customer }) => customer.customerId) },
        ordered_on: { type: 'date', values: numbered.map(({ part }) => part.orderedOn) },
        currency: { type: 'text', values: numbered.map(({ part }) => part.currency) },
        amount_minor: { type: 'bigint', values: numbered.map(({ part }) => part.amountMinor) },
        base_amount_minor: { type: 'bigint', values: numbered.map(({ part }) => part.baseAmountMinor) },
        base_margin_minor: { type: 'bigint', values: numbered.map(({ part }) => part.baseMarginMinor) },
        lines: { type: 'int', values: numbered.map(({ part }) => part.lines) },
        hash_a: { type: 'bigint', values: numbered.map(({ part }) => part.hashA) },
        hash_b: { type: 'bigint', values: numbered.map(({ part }) => part.hashB) },
      })}`.execute(this.db);
    await sql`
      insert into import_order_line
      select p.part, l.nth, l.product_id, l.quantity, l.amount_minor, l.base_amount_minor, l.base_margin_minor
      from ${lines} join ${unnest('p', {
        place: { type: 'int', values: numbered.map(({ place }) => place) },
        part: { type: 'int', values: numbered.map(({ number }) => number) },
      })} using (place)`.execute(this.db);
  }

  /** Compares, and writes again what has changed. */
  async write(): Promise<void> {
    if (this.parts === 0) return;
    await this.compare();
    if (this.changed === 0) return;
    await this.keepBefore();
    await this.replace();
  }

  private async compare(): Promise<void> {
    const { db } = this;
    await sql`analyze import_order_part, import_order_line`.execute(db);
    // One row is one order as the file has it. The hash is put together as `contentHash` does.
    await sql`
      create temporary table import_order_next on commit drop as
      select p.*, o.customer_id as customer_id_before,
        concat_ws(':', p.customer_id, p.ordered_on, p.currency, p.lines, p.hash_a, p.hash_b) as content_hash
      from (
        select order_id, min(customer_id) as customer_id,
          min(ordered_on) as ordered_on, min(currency) as currency,
          sum(amount_minor)::bigint as amount_minor, sum(base_amount_minor)::bigint as base_amount_minor,
          case when count(base_margin_minor) = count(*) then sum(base_margin_minor)::bigint end as base_margin_minor,
          sum(lines)::int as lines, sum(hash_a)::bigint as hash_a, sum(hash_b)::bigint as hash_b
        from import_order_part group by order_id
      ) p join customer_order o using (order_id)`.execute(db);
    const { rows } = await sql<{ orders: number; unchanged: number }>`
      select count(*) as orders, count(*) filter (where o.content_hash = n.content_hash) as unchanged
      from import_order_next n join customer_order o using (order_id)`.execute(db);
    await sql`
      delete from import_order_next n using customer_order o
      where o.order_id = n.order_id and o.content_hash = n.content_hash`.execute(db);
    this.unchanged = rows[0]?.unchanged ?? 0;
    this.changed = (rows[0]?.orders ?? 0) - this.unchanged;
  }

  private async keepBefore(): Promise<void> {
    await sql`
      insert into import_change (import_batch_id, record_kind, record_id, before, created_by)
      select b.import_batch_id, 'order', o.order_id, jsonb_build_object('order', to_jsonb(o), 'lines', l.lines), b.created_by
      from import_batch b, import_order_next n
      join customer_order o using (order_id)
      cross join lateral (
        select coalesce(jsonb_agg(to_jsonb(line) order by line.line_no), '[]') as lines
        from order_line line where line.order_id = o.order_id
      ) l
      where b.import_batch_id = ${this.importBatchId}`.execute(this.db);
  }

  private async replace(): Promise<void> {
    const { db } = this;
    await sql`delete from order_line l using import_order_next n where l.order_id = n.order_id`.execute(db);
    await sql`
      update customer_order o set customer_id = n.customer_id,
        ordered_on = n.ordered_on, currency = n.currency, amount_minor = n.amount_minor,
        base_amount_minor = n.base_amount_minor, base_margin_minor = n.base_margin_minor, line_count = n.lines,
        content_hash = n.content_hash, import_batch_id = ${this.importBatchId}, updated_at = now()
      from import_order_next n where o.order_id = n.order_id`.execute(db);
    await sql`
      insert into order_line (order_id, line_no, customer_id,
        product_id, quantity, amount_minor, base_amount_minor, base_margin_minor)
      select n.order_id, row_number() over (partition by n.order_id order by p.part, l.nth),
        n.customer_id,
        l.product_id, l.quantity, l.amount_minor, l.base_amount_minor, l.base_margin_minor
      from import_order_next n join import_order_part p using (order_id) join import_order_line l using (part)`.execute(
      db,
    );
    await sql`
      insert into lake_dirty_customer (customer_id)
      select customer_id from import_order_next union select customer_id_before from import_order_next`.execute(
      db,
    );
  }
}
