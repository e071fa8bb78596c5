import type { CustomerExportQuery } from '@kezi/contract';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { sortFor } from './sort-asked-for.js';
import type { ExportColumn, ExportValue } from './export-columns.js';
import type { Reader } from './extra-filters.js';
import { selectMatching } from './select-customers.js';

/** Rows fetched at a time: about 0.3 MB. */
const rowsATime = 1_000;

/** The rows of an export, each one counted. */
export async function countExport(db: Db, viewer: Reader, query: CustomerExportQuery): Promise<number> {
  const found = await selectMatching(db, viewer, query, sql``);
  const { rows } = await sql<{ count: number }>`select count(*) as count from (${found}) c`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Who took which part of the register out of the house; written before the first row leaves. */
export async function auditExport(
  db: Db,
  columns: readonly ExportColumn[],
  query: CustomerExportQuery,
): Promise<void> {
  const { format, columns: _asked, sort: _sort, order: _order, ...filter } = query;
  await writeAudit(db, {
    action: 'customers.exported',
    subject: 'customer',
    changes: { format, columns: columns.map(({ name }) => name), filter },
  });
}

/**
 * The rows of the register, all of them, as of one moment: a cursor of the database in one transaction. A client that does
 * not read for a minute loses it.
 */
export async function* exportRows(
  db: Db,
  principal: Principal,
  query: CustomerExportQuery,
  columns: readonly ExportColumn[],
): AsyncGenerator<ExportValue[][]> {
  const found = await selectMatching(db, principal, query, sql`c.*`);
  const sort = await sortFor(db, principal.fieldRules, query);
  const value = sql`${sort.value} is null`;
  await sql`
    declare exported no scroll cursor for
    select ${sql.join(columns.map(({ name, expression }) => sql`${expression} as ${sql.id(name)}`))}
    from (${found}) c left join colleague u on u.user_id = c.owner_id left join team tm on tm.team_id = c.team_id
      left join register_entry p on p.customer_id = c.parent_customer_id
      left join tier on tier.tier_id = c.tier_id
    order by ${value}, ${sort.orderBy}`.execute(db);
  for (;;) {
    const { rows } = await sql<Record<string, ExportValue>>`
      fetch ${sql.raw(String(rowsATime))} from exported`.execute(db);
    if (rows.length > 0) yield rows.map((row) => columns.map(({ name, write }) => write(row[name] ?? null)));
    if (rows.length < rowsATime) return;
  }
}
