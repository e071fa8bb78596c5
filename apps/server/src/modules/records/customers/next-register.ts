import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { sqlStateOf } from '../../../platform/db/connection-errors.js';
import type { Db, ScopedDb } from '../../../platform/db/scoped-db.js';
import type { JobContext } from '../../../platform/jobs/define-job.js';

/*
 * The figures of a run reach the register with a table that is built aside: filled in one go, its indexes made by sorting,
 * then put in the place of the one before in milliseconds. Nobody waits for the building, and readers see the figures of
 * one run only.
 */

/** A transaction that sees all. */
export type InTransaction = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

/** What an entry takes from the customer. */
const followed = [
  'customer_no',
  'name',
  'short_name',
  'parent_customer_id',
  'owner_id',
  'team_id',
  'region',
  'industry',
];

/** What an entry takes from the customer's score. */
const figures = [
  'orders',
  'last_order_on',
  'monetary_value',
  'p_alive',
  'expected_orders',
  'clv',
  'clv_low',
  'clv_high',
  'next_order_on',
  'rfm_segment',
];

/** Whose figures a register shows: those of a valuation, and the tiers of a grading. */
interface RegisterFigures {
  scoreRunId: number | null;
  /** The run in force where it is left out. */
  tierRunId?: number;
}

const tiersOf = ({ tierRunId }: RegisterFigures) =>
  sql`customer_tier_of(coalesce(${tierRunId ?? null}::bigint, (select tier_run_id from tier_run where status = 'in_force')))`;

/** What customers spent in the twelve months until the day of the figures, minor units of the base currency. */
const spendOf = ({ scoreRunId }: RegisterFigures, customerIds: readonly number[] | null) =>
  sql`(select o.customer_id, sum(o.base_amount_minor)::bigint as minor
    from customer_order o, (select as_of from valuation_run where valuation_run_id = ${scoreRunId}::bigint) run
    where o.ordered_on <= run.as_of and o.ordered_on > run.as_of - interval '12 months'
      and ${among('o', customerIds)}
    group by o.customer_id)`;

const among = (of: string, customerIds: readonly number[] | null) =>
  customerIds === null ? sql`true` : sql`${sql.id(of, 'customer_id')} = any(${[...customerIds]}::bigint[])`;

const namesOf = (names: readonly string[], of?: string) =>
  sql.join(names.map((name) => (of === undefined ? sql.id(name) : sql.id(of, name))));

/** Adds all customers, or those named. */
async function addEntries(
  db: Db,
  shown: RegisterFigures,
  customerIds: readonly number[] | null,
): Promise<void> {
  await sql`
    insert into register_entry_next (customer_id, ${namesOf(followed)}, score_run_id, ${namesOf(figures)},
      spend_minor, tier_id, tier_rank, stage, stage_rank)
    select c.customer_id, ${namesOf(followed, 'c')}, s.valuation_run_id, ${namesOf(figures, 's')},
      case when s.customer_id is not null then coalesce(spent.minor, 0) end, t.tier_id, t.tier_rank,
      stay.stage, stage_rank_of(stay.stage)
    from customer c left join customer_score s
      on s.valuation_run_id = ${shown.scoreRunId}::bigint and s.customer_id = c.customer_id
      left join ${spendOf(shown, customerIds)} spent on spent.customer_id = c.customer_id
      left join ${tiersOf(shown)} t on t.customer_id = c.customer_id
      left join customer_stage stay on stay.customer_id = c.customer_id and stay.left_on is null
    where ${among('c', customerIds)}`.execute(db);
}

/**
 * Makes the register of a run that is not published yet: every customer with the figures of the run. A half-made one of an
 * attempt before is thrown away. Throws between two steps when the signal is aborted.
 */
export async function buildNextRegister(
  inTransaction: InTransaction,
  shown: RegisterFigures,
  signal: AbortSignal,
): Promise<void> {
  await inTransaction(async (db) => {
    await sql`select begin_next_register()`.execute(db);
    await addEntries(db, shown, null);
  });
  for (;;) {
    signal.throwIfAborted();
    const { rows } = await inTransaction((db) =>
      sql<{ isMore: boolean }>`select index_next_register() as "isMore"`.execute(db),
    );
    if (rows[0]?.isMore !== true) return;
  }
}

/** Follows what happened to customers while the register was built; from here until the end of the transaction nobody changes one. */
async function catchUp(db: Db, shown: RegisterFigures): Promise<void> {
  // Who decides on a tier or pins a stage changes no customer, but an entry all the same.
  await sql`lock table customer, tier_decision, customer_stage in share row exclusive mode`.execute(db);
  await sql`
    delete from register_entry_next n
    where not exists (select from customer c where c.customer_id = n.customer_id)`.execute(db);
  await sql`
    update register_entry_next n set (${namesOf(followed)}) = (${namesOf(followed, 'c')})
    from customer c
    where c.customer_id = n.customer_id
      and (${namesOf(followed, 'n')}) is distinct from (${namesOf(followed, 'c')})`.execute(db);
  // Few are decided on while a register is built; only these are compared.
  await sql`
    update register_entry_next n set tier_id = t.tier_id, tier_rank = t.tier_rank
    from (select distinct customer_id from tier_decision where status <> 'waiting') decided
      left join ${tiersOf(shown)} t on t.customer_id = decided.customer_id
    where n.customer_id = decided.customer_id and n.tier_id is distinct from t.tier_id`.execute(db);
  await sql`
    update register_entry_next n set stage = stay.stage, stage_rank = stage_rank_of(stay.stage)
    from customer_stage stay
    where stay.customer_id = n.customer_id and stay.left_on is null and stay.pinned_by is not null and stay.pin_released_on is null
      and n.stage is distinct from stay.stage`.execute(db);
  const { rows } = await sql<{ customerId: number }>`
    select c.customer_id as "customerId" from customer c
    where not exists (select from register_entry_next n where n.customer_id = c.customer_id)`.execute(db);
  if (rows.length === 0) return;
  await addEntries(
    db,
    shown,
    rows.map(({ customerId }) => customerId),
  );
}

/** Longer than the window of an import takes. */
const patienceWithWritersMs = 5_000;
/** Longer than a page takes; who comes in between waits no longer than this. */
const patienceWithReadersMs = 300;
const pauseMs = 2_000;
const lockNotAvailable = '55P03';

/** At most so long for each from here on; 0: without an end. */
async function waitForLocks(db: Db, ms: number): Promise<void> {
  await sql`select set_config('lock_timeout', ${String(ms)}, true)`.execute(db);
}

/** Only asks whether nobody reads the register for long; nothing is held afterwards. */
async function waitForReaders(db: Db): Promise<void> {
  await waitForLocks(db, patienceWithReadersMs);
  await sql`lock table register_entry in access exclusive mode`.execute(db);
}

/**
 * Puts the register that was built for a run in place; `publish` does what belongs to the same moment. While somebody reads
 * the whole register (an export, a backup) it tries again every two seconds, so that no other reader waits behind them.
 */
export async function placeNextRegister(
  inTransaction: InTransaction,
  shown: RegisterFigures,
  signal: AbortSignal,
  publish: (db: Db) => Promise<void>,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    try {
      // Asked first, so that nobody who edits a customer waits for a comparison that would be made in vain.
      await inTransaction(waitForReaders);
      await inTransaction(async (db) => {
        await waitForLocks(db, patienceWithWritersMs);
        await catchUp(db, shown);
        await waitForLocks(db, patienceWithReadersMs);
        await sql`select place_next_register()`.execute(db);
        await waitForLocks(db, 0);
        await publish(db);
      });
      return;
    } catch (error) {
      if (sqlStateOf(error) !== lockNotAvailable) throw error;
      await sleep(pauseMs);
    }
  }
}

/** Throws away what a run that was not published has built. */
export async function dropNextRegister(db: Db): Promise<void> {
  await sql`select drop_next_register()`.execute(db);
}

/** Builds the register aside and puts it in place; what a failed attempt has built is thrown away. */
export async function rebuildRegister(
  job: Pick<JobContext, 'asSystem' | 'signal'>,
  database: Pick<ScopedDb, 'asSystem'>,
  shown: RegisterFigures,
  publish: (db: Db) => Promise<void>,
): Promise<void> {
  try {
    await buildNextRegister(job.asSystem, shown, job.signal);
    await placeNextRegister(job.asSystem, shown, job.signal, publish);
  } catch (error) {
    await database.asSystem(dropNextRegister);
    throw error;
  }
}
