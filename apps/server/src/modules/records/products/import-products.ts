import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import {
  importKind,
  readRows,
  SeenNumbers,
  type BatchContext,
  type ImportTarget,
  type ReadRow,
  type RefusedRow,
  type TargetCounts,
  type RowFields,
} from '../../intake/imports/index.js';
import { undoProducts } from './undo-products.js';

const freeFields = ['unitPrice', 'cost', 'currency', 'specification'] as const;
const productFields = ['productId', 'productName', 'category', 'unit', ...freeFields] as const;

/** One row of a product file. Null: the file does not say, and what is known stays. */
interface ProductInput {
  productNo: string;
  name: string | null;
  category: string | null;
  unit: string | null;
  custom: Readonly<Record<string, string>>;
}

interface FoundProduct {
  productId: number;
  productNo: string;
  name: string;
  category: string | null;
  unit: string | null;
  custom: Readonly<Record<string, unknown>>;
}

/** The row that `fields` stands on, or null with `fields.refusal`. */
function readProduct(fields: RowFields): ProductInput | null {
  const productNo = fields.required('productId', fields.id('productId'));
  if (productNo === null) return null;
  const custom: Record<string, string> = {};
  for (const field of freeFields) {
    // A price is kept as it was written, but it has to be one.
    if (field === 'unitPrice' || field === 'cost') fields.decimal(field);
    const value = fields.text(field, 4000);
    if (value !== null) custom[field] = value;
  }
  for (const { name, index } of fields.custom) {
    const value = fields.textAt(`custom:${name}`, index, 4000);
    if (value !== null) custom[name] = value;
  }
  const input = {
    productNo,
    name: fields.text('productName', 400),
    category: fields.text('category', 200),
    unit: fields.text('unit', 40),
    custom,
  };
  return fields.refusal ? null : input;
}

function nextProduct(before: FoundProduct, input: ProductInput): FoundProduct {
  return {
    ...before,
    name: input.name ?? before.name,
    category: input.category ?? before.category,
    unit: input.unit ?? before.unit,
    custom: { ...before.custom, ...input.custom },
  };
}

function isSame(a: FoundProduct, b: FoundProduct): boolean {
  const sameCustom = Object.keys(b.custom).every((key) => a.custom[key] === b.custom[key]);
  return sameCustom && a.name === b.name && a.category === b.category && a.unit === b.unit;
}

class ProductTarget implements ImportTarget<ReadRow<ProductInput>[]> {
  private added = 0;
  private changed = 0;
  private unchanged = 0;

  constructor(
    private readonly db: Db,
    private readonly batch: BatchContext,
    private readonly seen: SeenNumbers,
  ) {}

  finish(): Promise<RefusedRow[]> {
    return Promise.resolve([]);
  }

  counts(): TargetCounts {
    const { added, changed, unchanged } = this;
    return { records: { products: { added, changed, unchanged } } };
  }

  async write(read: readonly ReadRow<ProductInput>[]): Promise<RefusedRow[]> {
    const refused: RefusedRow[] = [];
    const firstLines = await this.seen.note(
      read.map(({ row, input }) => ({ number: input.productNo, line: row.line })),
    );
    const inputs = read.flatMap(({ row, input }) => {
      const line = firstLines.get(input.productNo) ?? row.line;
      if (line === row.line) return [input];
      const params = { number: input.productNo, line };
      refused.push({ row, field: 'productId', code: 'imports.repeated_in_file', params });
      return [];
    });
    await this.upsert(inputs);
    return refused;
  }

  private async upsert(inputs: readonly ProductInput[]): Promise<void> {
    const { rows } = await sql<FoundProduct>`
      select product_id as "productId", product_no as "productNo", name, category, unit, custom
      from product where product_no = any (${inputs.map((input) => input.productNo)}::text[]) for update`.execute(
      this.db,
    );
    const known = new Map(rows.map((row) => [row.productNo, row]));
    const fresh = inputs.filter((input) => !known.has(input.productNo));
    await insertProducts(this.db, this.batch.importBatchId, fresh);
    const next = inputs.flatMap((input) => {
      const before = known.get(input.productNo);
      if (!before) return [];
      const after = nextProduct(before, input);
      return isSame(before, after) ? [] : [after];
    });
    await updateProducts(this.db, this.batch.importBatchId, next);
    this.added += fresh.length;
    this.changed += next.length;
    this.unchanged += known.size - next.length;
  }
}

async function insertProducts(db: Db, importBatchId: number, inputs: readonly ProductInput[]): Promise<void> {
  if (inputs.length === 0) return;
  await sql`
    insert into product (product_no, name, category, unit, custom, import_batch_id)
    select p.*, ${importBatchId}::bigint from ${unnest('p', {
      product_no: { type: 'text', values: inputs.map((input) => input.productNo) },
      name: { type: 'text', values: inputs.map((input) => input.name ?? input.productNo) },
      category: { type: 'text', values: inputs.map((input) => input.category) },
      unit: { type: 'text', values: inputs.map((input) => input.unit) },
      custom: { type: 'jsonb', values: inputs.map((input) => JSON.stringify(input.custom)) },
    })}`.execute(db);
}

async function updateProducts(
  db: Db,
  importBatchId: number,
  products: readonly FoundProduct[],
): Promise<void> {
  if (products.length === 0) return;
  const ids = products.map((product) => product.productId);
  await sql`
    insert into import_change (import_batch_id, record_kind, record_id, before, created_by)
    select b.import_batch_id, 'product', p.product_id, to_jsonb(p), b.created_by
    from import_batch b, product p
    where b.import_batch_id = ${importBatchId} and p.product_id = any (${ids}::bigint[])`.execute(db);
  await sql`
    update product p set name = n.name, category = n.category, unit = n.unit, custom = n.custom,
      import_batch_id = ${importBatchId}, row_version = p.row_version + 1, updated_at = now()
    from ${unnest('n', {
      product_id: { type: 'bigint', values: ids },
      name: { type: 'text', values: products.map((product) => product.name) },
      category: { type: 'text', values: products.map((product) => product.category) },
      unit: { type: 'text', values: products.map((product) => product.unit) },
      custom: { type: 'jsonb', values: products.map((product) => JSON.stringify(product.custom)) },
    })}
    where p.product_id = n.product_id`.execute(db);
}

export const productsImport = importKind({
  kind: 'products',
  fields: productFields,
  hasCustomFields: true,
  missing: (mapped) => (mapped.has('productId') ? [] : [['productId']]),
  reader: (fields) => (rows) => readRows(fields, rows, () => readProduct(fields)),
  open: async (db, batch) => new ProductTarget(db, batch, await SeenNumbers.open(db)),
  undo: undoProducts,
});
