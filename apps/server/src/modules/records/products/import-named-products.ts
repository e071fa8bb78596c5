import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';

/** What a row of another file says of a product that may not exist yet. */
export interface ProductMention {
  productNo: string;
  name: string | null;
  category: string | null;
}

const mostKnown = 200_000;

/** Finds the products that order lines name, and makes those that do not exist. */
export class NamedProducts {
  added = 0;
  private readonly known = new Map<string, number>();

  constructor(
    private readonly db: Db,
    private readonly importBatchId: number,
  ) {}

  /** product_id by number. */
  async resolve(mentions: readonly ProductMention[]): Promise<ReadonlyMap<string, number>> {
    if (this.known.size > mostKnown) this.known.clear();
    const asked = mentions.filter(({ productNo }) => !this.known.has(productNo));
    if (asked.length === 0) return this.known;
    const found = await sql<{ productNo: string; productId: number }>`
      select product_no as "productNo", product_id as "productId"
      from product where product_no = any (${asked.map(({ productNo }) => productNo)}::text[])`.execute(
      this.db,
    );
    for (const row of found.rows) this.known.set(row.productNo, row.productId);
    await this.make(asked.filter(({ productNo }) => !this.known.has(productNo)));
    return this.known;
  }

  private async make(mentions: readonly ProductMention[]): Promise<void> {
    if (mentions.length === 0) return;
    const { rows } = await sql<{ productNo: string; productId: number }>`
      insert into product (product_no, name, category, import_batch_id)
      select product_no, name, category, ${this.importBatchId}::bigint
      from ${unnest('m', {
        product_no: { type: 'text', values: mentions.map((mention) => mention.productNo) },
        name: { type: 'text', values: mentions.map((mention) => mention.name ?? mention.productNo) },
        category: { type: 'text', values: mentions.map((mention) => mention.category) },
      })}
      returning product_no as "productNo", product_id as "productId"`.execute(this.db);
    for (const row of rows) this.known.set(row.productNo, row.productId);
    this.added += rows.length;
  }
}
