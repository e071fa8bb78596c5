import { sql, type Kysely } from 'kysely';
import { protect, protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** What each tier may claim, what that costs, and what of it was used or broken. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table entitlement (
      entitlement_id int generated always as identity primary key,
      kind text not null check (kind in ('manager', 'meeting', 'response', 'solution', 'delivery', 'discount',
        'payment-terms', 'training', 'event', 'other')),
      name text not null unique check (length(name) between 1 and 100),
      -- Of one unit (a meeting, a seat, a place): minor units of the base currency, and hours of our people.
      unit_cost_minor bigint not null default 0 check (unit_cost_minor >= 0),
      unit_hours float8 not null default 0 check (unit_hours >= 0 and unit_hours < 1e6),
      row_version int not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`
    create table tier_entitlement (
      tier_id int not null references tier on delete cascade,
      entitlement_id int not null references entitlement on delete cascade,
      -- Units a customer and year; for a limit (hours, percent, days, customers a manager) the limit itself.
      quantity float8 not null check (quantity >= 0 and quantity < 1e9),
      primary key (tier_id, entitlement_id)
    )`.execute(db);
  for (const table of ['entitlement', 'tier_entitlement']) {
    await protect(db, table, 'true');
    await sql`revoke insert, update, delete on ${sql.id(table)} from kezi_scoped`.execute(db);
  }
  await sql`
    create table entitlement_use (
      entitlement_use_id bigint generated always as identity primary key,
      entitlement_id int not null references entitlement,
      customer_id bigint not null references customer on delete cascade,
      owner_id int,
      team_id int,
      used_on date not null,
      quantity float8 not null check (quantity > 0 and quantity < 1e9),
      -- A promise that was not kept.
      is_breach boolean not null default false,
      note text check (length(note) <= 2000),
      created_by int references app_user,
      created_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index on entitlement_use (customer_id, used_on)`.execute(db);
  await sql`create index on entitlement_use (used_on)`.execute(db);
  await protectByOwnerAndTeam(db, 'entitlement_use');
}
