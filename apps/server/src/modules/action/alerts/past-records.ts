import { sql } from 'kysely';
import { organisationZone } from '../../../platform/db/organisation-day.js';
import type { Db } from '../../../platform/db/scoped-db.js';

/*
 * Records as they were on a past day: temporary tables that bear the names of the tables they stand for, so that a detector asks
 * them what it asks today. PostgreSQL looks there first; they go with the transaction at the latest. What the customers in
 * `past_customer` have is read once, into `was_<table>`: a look at a day costs as much as those customers, not all.
 */

/** The instant at which the day after begins. */
const dayAfter = (day: string) => `((${day} + 1)::timestamp at time zone ${organisationZone})`;

const ofCustomers = 'customer_id in (select customer_id from past_customer)';

/** Of a table what detectors read, as it was on a day. A slice whose detector reads a table of its own declares one with it. */
export interface PastRecords {
  /** It has a `customer_id`. */
  table: string;
  /** Asks for the `day` of its first record. */
  begins: string;
  /** Asks `was_<table>` for the columns that the detector reads, as they were on `:day`. */
  asThen: string;
  /** What is asked along with it and is the same on every day, by the name it goes by. */
  besides?: Readonly<Record<string, string>>;
}

/** Tables of the earlier wings. */
const pastOf = {
  customer_order: {
    begins: `select min(ordered_on) as day from public.customer_order`,
    asThen: `select * from was_customer_order where ordered_on <= :day`,
    besides: { order_line: `select * from public.order_line where ${ofCustomers}` },
  },
  interaction: {
    begins: `select (min(happened_at) at time zone ${organisationZone})::date as day from public.interaction where deleted_at is null`,
    asThen: `select * from was_interaction where happened_at < ${dayAfter(':day')}`,
  },
  contact: {
    begins: `select min(left_on) as day from public.contact where deleted_at is null`,
    asThen: `select contact_id, customer_id, name, decision_role, influence, deleted_at,
        case when left_on <= :day then left_on end as left_on
      from was_contact where created_at < ${dayAfter('greatest(:day, (select day from was_first_contact))')}`,
    // What was written down on the day on which the table was first filled counts as known before: a file brings its past along.
    besides: {
      was_first_contact: `select (min(created_at) at time zone ${organisationZone})::date as day from public.contact`,
    },
  },
  // What was received without a payment of its own has no day: it is taken as paid when it was due.
  receivable: {
    begins: `select min(due_on) as day from public.receivable where deleted_at is null`,
    asThen: `select receivable_id, customer_id, due_on, currency, amount_minor, deleted_at,
        coalesce(paid.by_then, 0)
          + case when due_on <= :day then received_minor - coalesce(paid.altogether, 0) else 0 end as received_minor
      from was_receivable left join (
        select receivable_id, sum(amount_minor)::bigint as altogether,
          (sum(amount_minor) filter (where received_on <= :day))::bigint as by_then
        from was_paid group by receivable_id) paid using (receivable_id)`,
    besides: {
      was_paid: `select a.receivable_id, a.amount_minor, p.received_on
        from public.payment_allocation a join public.payment p on p.payment_id = a.payment_id and p.deleted_at is null
        where a.${ofCustomers}`,
    },
  },
  // When a contract was ended is told by its last change.
  contract: {
    begins: `select min(ends_on - notice_days) as day from public.contract where deleted_at is null and ends_on is not null`,
    asThen: `select contract_id, customer_id, title, contract_no, starts_on, ends_on, notice_days, is_renewed_by_itself, deleted_at,
        case when status = 'terminated' and updated_at >= ${dayAfter(':day')} then 'signed' else status end as status
      from was_contract where coalesce(signed_on, starts_on) <= :day`,
  },
  customer_note: {
    begins: `select min(noted_on) as day from public.customer_note where deleted_at is null and kind = 'competitor'`,
    asThen: `select customer_note_id, customer_id, kind, title, noted_on, share_percent, deleted_at,
        case when kind = 'competitor' and updated_at >= ${dayAfter(':day')} then 'present' else status end as status
      from was_customer_note where noted_on <= :day`,
  },
} as const;

/** By its name, or as the slice declares it that has it. */
export type PastTable = keyof typeof pastOf | PastRecords;

const recordsOf = (table: PastTable): PastRecords =>
  typeof table === 'string' ? { table, ...pastOf[table] } : table;

/** The day of the first record that tells of the past; null where there is none. */
export async function firstDayOf(db: Db, table: PastTable): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`${sql.raw(recordsOf(table).begins)}`.execute(db);
  return rows[0]?.day ?? null;
}

/** Figures of a run of that day, as far as orders tell them: value is the spend of the year before. */
const scoresThen = `
  select 0::bigint as valuation_run_id, customer_id, max(ordered_on) as last_order_on, null::float8 as p_alive,
    coalesce(sum(base_amount_minor) filter (where ordered_on > :day - 365), 0)::float8 as clv
  from was_customer_order where ordered_on <= :day group by customer_id`;

async function makeTable(db: Db, name: string, text: string): Promise<void> {
  await sql.raw(`create temp table ${name} on commit drop as ${text}`).execute(db);
  await sql.raw(`analyze pg_temp.${name}`).execute(db);
}

/** Reads what the customers in `past_customer` have. */
export async function takePast(db: Db, tables: readonly PastTable[]): Promise<void> {
  for (const { table, besides = {} } of tables.map(recordsOf)) {
    await makeTable(db, `was_${table}`, `select * from public.${table} where ${ofCustomers}`);
    for (const [name, text] of Object.entries(besides)) await makeTable(db, name, text);
  }
}

/** Puts those customers back to a day, works, and takes the old records away again. */
export async function onDay(
  db: Db,
  day: string,
  tables: readonly PastTable[],
  work: () => Promise<void>,
): Promise<void> {
  const asked = [
    ...tables.map(recordsOf).map(({ table, asThen }) => ({ table, text: asThen })),
    { table: 'customer_score', text: scoresThen },
  ];
  for (const { table, text } of asked) await makeTable(db, table, text.replaceAll(':day', `'${day}'::date`));
  await work();
  const names = asked.map(({ table }) => `pg_temp.${table}`).join(', ');
  await sql.raw(`drop table ${names}`).execute(db);
}
