import { customerColumns, type CustomerColumn, type CustomerExportQuery } from '@kezi/contract';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { isRestricted } from '../../../platform/http/field-wall.rules.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { filterConditions, matching } from './customer-filter.js';
import { sortFor, sortOf } from './customer-sort.js';
import { queryTokens } from './customer-tokens.js';

export type ExportValue = string | number | null;

/** What only the customer itself has, not its entry in the register. */
function own(column: string): string {
  return `(select own.${column} from customer own where own.customer_id = c.customer_id)`;
}

const expressions: Readonly<Record<CustomerColumn, string>> = {
  customerNo: 'c.customer_no',
  name: 'c.name',
  shortName: 'c.short_name',
  legalName: own('legal_name'),
  creditCode: own('credit_code'),
  registryCountry: own('registry_country'),
  registryNo: own('registry_no'),
  parentName: 'p.name',
  ownerName: 'u.name',
  teamName: 'tm.name',
  region: 'c.region',
  industry: 'c.industry',
  orders: 'c.orders',
  lastOrderOn: 'c.last_order_on',
  monetaryValue: 'c.monetary_value',
  pAlive: 'c.p_alive',
  expectedOrders: 'c.expected_orders',
  clv: 'c.clv',
  clvLow: 'c.clv_low',
  clvHigh: 'c.clv_high',
  nextOrderOn: 'c.next_order_on',
  rfmSegment: 'c.rfm_segment',
  tierName: 'tier.name',
};

/** Rows fetched at a time: about 0.3 MB. */
const rowsATime = 1_000;

/** The columns asked for, in the order of the table, each once; without those that are kept from the reader. */
export function columnsOf({ fieldRules }: Principal, query: CustomerExportQuery): CustomerColumn[] {
  const asked = query.columns;
  return customerColumns.filter(
    (name) => (asked === undefined || asked.includes(name)) && !isRestricted(fieldRules, name),
  );
}

/** The rows of an export, each one counted. */
export async function countExport(db: Db, viewer: Viewer, query: CustomerExportQuery): Promise<number> {
  const found = matching(viewer, sql``, filterConditions(query), queryTokens(query.q ?? ''));
  const { rows } = await sql<{ count: number }>`select count(*) as count from (${found}) c`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Who took which part of the register out of the house; written before the first row leaves. */
export async function auditExport(db: Db, principal: Principal, query: CustomerExportQuery): Promise<void> {
  const { format, columns: _columns, sort: _sort, order: _order, ...filter } = query;
  await writeAudit(db, {
    action: 'customers.exported',
    subject: 'customer',
    changes: { format, columns: columnsOf(principal, query), filter },
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
): AsyncGenerator<ExportValue[][]> {
  const columns = columnsOf(principal, query);
  const found = matching(principal, sql`c.*`, filterConditions(query), queryTokens(query.q ?? ''));
  const sort = sortOf(...sortFor(principal.fieldRules, query));
  const value = sql`${sort.value} is null`;
  await sql`
    declare exported no scroll cursor for
    select ${sql.join(columns.map((name) => sql`${sql.raw(expressions[name])} as ${sql.id(name)}`))}
    from (${found}) c left join app_user u on u.id = c.owner_id left join team tm on tm.team_id = c.team_id
      left join register_entry p on p.customer_id = c.parent_customer_id
      left join tier on tier.tier_id = c.tier_id
    order by ${value}, ${sort.orderBy}`.execute(db);
  for (;;) {
    const { rows } = await sql<Record<string, ExportValue>>`
      fetch ${sql.raw(String(rowsATime))} from exported`.execute(db);
    if (rows.length > 0) yield rows.map((row) => columns.map((name) => row[name] ?? null));
    if (rows.length < rowsATime) return;
  }
}
