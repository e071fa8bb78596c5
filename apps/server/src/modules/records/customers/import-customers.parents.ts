import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import type { RefusedRow, SourceRow } from '../../intake/imports/index.js';
import { keepCustomers } from './import-customers.write.js';

interface NamedParent {
  row: SourceRow;
  customerId: number;
  parentNo: string;
}

interface RefusedParent {
  line: number;
  cells: string[];
  customerNo: string;
  parentNo: string;
}

/**
 * Parent groups are set when all customers are there, since a group may stand below its subsidiaries in the file. A
 * customer whose parent cannot be set is taken in without it, and its row is reported.
 */
export class CustomerParents {
  private kept = 0;

  private constructor(
    private readonly db: Db,
    private readonly importBatchId: number,
  ) {}

  static async open(db: Db, importBatchId: number): Promise<CustomerParents> {
    await sql`
      create temporary table import_parent (
        customer_id bigint primary key,
        parent_no text not null,
        parent_before bigint,
        is_new boolean not null default false,
        line bigint not null,
        cells jsonb not null
      ) on commit drop`.execute(db);
    return new CustomerParents(db, importBatchId);
  }

  async keep(parents: readonly NamedParent[]): Promise<void> {
    if (parents.length === 0) return;
    this.kept += parents.length;
    await sql`
      insert into import_parent (customer_id, parent_no, line, cells) select * from ${unnest('p', {
        customer_id: { type: 'bigint', values: parents.map(({ customerId }) => customerId) },
        parent_no: { type: 'text', values: parents.map(({ parentNo }) => parentNo) },
        line: { type: 'bigint', values: parents.map(({ row }) => row.line) },
        cells: { type: 'jsonb', values: parents.map(({ row }) => JSON.stringify(row.cells)) },
      })}`.execute(this.db);
  }

  async write(): Promise<{ refused: RefusedRow[]; newlyChanged: number }> {
    if (this.kept === 0) return { refused: [], newlyChanged: 0 };
    await sql`
      update import_parent i set parent_before = c.parent_customer_id
      from customer c where c.customer_id = i.customer_id`.execute(this.db);
    const unknown = await this.take(
      sql`not exists (select from customer p where p.customer_no = i.parent_no)`,
    );
    await this.link();
    const circling = await this.refuseCircles();
    const refused = [
      ...unknown.map((one) => refusalOf(one, 'imports.parent_not_available')),
      ...circling.map((one) => refusalOf(one, 'imports.parent_cycle')),
    ];
    return { refused, newlyChanged: await this.noteChanged() };
  }

  /** Takes the rows that fulfil a condition out of the table. */
  private async take(condition: ReturnType<typeof sql>): Promise<RefusedParent[]> {
    const { rows } = await sql<RefusedParent>`
      delete from import_parent i using customer c
      where c.customer_id = i.customer_id and ${condition}
      returning i.line, i.cells, c.customer_no as "customerNo", i.parent_no as "parentNo"`.execute(this.db);
    return rows;
  }

  private async link(): Promise<void> {
    // Customers that nothing else has changed are kept as they were before their parent changes.
    await sql`
      update import_parent i set is_new = true
      from customer c, customer p
      where c.customer_id = i.customer_id and p.customer_no = i.parent_no
        and c.parent_customer_id is distinct from p.customer_id
        and c.import_batch_id is distinct from ${this.importBatchId}`.execute(this.db);
    const { rows } = await sql<{
      id: number;
    }>`select customer_id as id from import_parent where is_new`.execute(this.db);
    await keepCustomers(
      this.db,
      this.importBatchId,
      rows.map(({ id }) => id),
    );
    await sql`
      update customer c set parent_customer_id = p.customer_id
      from import_parent i join customer p on p.customer_no = i.parent_no
      where c.customer_id = i.customer_id and c.parent_customer_id is distinct from p.customer_id`.execute(
      this.db,
    );
  }

  /** Whoever stands above himself gets the parent back that he had. Ends, as there was no circle before. */
  private async refuseCircles(): Promise<RefusedParent[]> {
    const refused: RefusedParent[] = [];
    for (;;) {
      await sql`
        create temporary table import_circle on commit drop as
        with recursive above (customer_id, ancestor_id) as (
          select c.customer_id, c.parent_customer_id
          from customer c join import_parent i using (customer_id)
          union
          select a.customer_id, c.parent_customer_id
          from above a join customer c on c.customer_id = a.ancestor_id
          where a.ancestor_id <> a.customer_id
        )
        select i.customer_id, i.parent_before, i.is_new from above a join import_parent i using (customer_id)
        where a.ancestor_id = a.customer_id`.execute(this.db);
      await sql`
        update customer c set parent_customer_id = i.parent_before
        from import_circle i where c.customer_id = i.customer_id`.execute(this.db);
      await sql`
        delete from import_change g using import_circle i
        where g.import_batch_id = ${this.importBatchId} and g.record_kind = 'customer'
          and g.record_id = i.customer_id and i.is_new`.execute(this.db);
      const found = await this.take(sql`i.customer_id in (select customer_id from import_circle)`);
      await sql`drop table import_circle`.execute(this.db);
      if (found.length === 0) return refused;
      refused.push(...found);
    }
  }

  private async noteChanged(): Promise<number> {
    const changed = await sql`
      update customer c set import_batch_id = ${this.importBatchId}, row_version = c.row_version + 1, updated_at = now()
      from import_parent i where c.customer_id = i.customer_id and i.is_new`.execute(this.db);
    return Number(changed.numAffectedRows ?? 0);
  }
}

function refusalOf(
  { line, cells, customerNo, parentNo }: RefusedParent,
  code: 'imports.parent_not_available' | 'imports.parent_cycle',
): RefusedRow {
  return {
    row: { line, cells },
    field: 'parentId',
    code,
    params: { customer: customerNo, parent: parentNo },
  };
}
