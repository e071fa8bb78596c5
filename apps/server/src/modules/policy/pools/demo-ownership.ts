import { sql } from 'kysely';
import { listenTo } from '../../../platform/events/listen-to.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { moveCustomers } from '../ownership/index.js';

/** Why the people of the made-up company gave customers back. */
const reasons = [
  '联系不上采购负责人',
  '搬迁到外地，超出服务范围',
  '需求停了，半年内没有计划',
  '和我的其他客户冲突',
];

interface DemoPool {
  poolId: number;
  teamId: number;
}

/** A pool for every department with people, so that whoever looks at the demo sees one. */
async function openPools(db: Db): Promise<DemoPool[]> {
  const { rows } = await sql<DemoPool>`
    insert into pool (team_id, claims_per_day, holding_cap, cool_down_days, protect_days)
    select t.team_id, 5, 200, 30, 30 from team t
    where exists (select from customer c where c.team_id = t.team_id) order by t.team_id
    on conflict (team_id) do nothing
    returning pool_id as "poolId", team_id as "teamId"`.execute(db);
  return rows;
}

/**
 * Every department gives back a few of its customers: by hand and by the rule in turn, the longest silent first. The register
 * has no days of orders yet when this is told, so the orders are asked; a reason that the page beside it denies would be no
 * example.
 */
async function fill(db: Db, { poolId, teamId }: DemoPool, now: Date): Promise<void> {
  const { rows } = await sql<{ customer_id: number; is_silent: boolean }>`
    select c.customer_id, coalesce(max(o.ordered_on) < ${now}::date - 180, true) as is_silent
    from customer c left join customer_order o on o.customer_id = c.customer_id
    where c.team_id = ${teamId} and c.owner_id is not null
    group by c.customer_id, c.customer_no order by max(o.ordered_on) nulls last, c.customer_no limit 8`.execute(
    db,
  );
  for (const [at, { customer_id: customerId, is_silent: isSilent }] of rows.entries()) {
    const byHand = at % 2 === 0 || !isSilent;
    const reason = byHand ? (reasons[at % reasons.length] ?? null) : '半年没有下单';
    await moveCustomers(db, {
      customerIds: [customerId],
      to: { ownerId: null, teamId },
      why: { manner: byHand ? 'release' : 'recycle', reason, poolId },
      now,
    });
  }
}

/** Rules that are off: the reader simulates them first. */
async function writeRules(db: Db, { poolId, teamId }: DemoPool): Promise<void> {
  await db
    .insertInto('recycle_rule')
    .values([
      { pool_id: poolId, team_id: teamId, name: '半年没有下单', days_without_order: 180, warn_days: 7 },
      {
        pool_id: poolId,
        team_id: teamId,
        name: '低价值且三个月没跟进',
        days_without_contact: 90,
        clv_below: 50_000,
        warn_days: 14,
      },
    ])
    .execute();
}

/** One customer that two colleagues hold to be theirs, after it went from the one to the other. */
async function beginDispute(db: Db, now: Date): Promise<void> {
  const { rows } = await sql<{ customer_id: number; owner_id: number; team_id: number; other_id: number }>`
    select c.customer_id, c.owner_id, c.team_id, (select min(u.id) from app_user u
      where u.team_id = c.team_id and u.id <> c.owner_id and u.disabled_at is null) as other_id
    from customer c where c.owner_id is not null and exists (
      select from app_user u where u.team_id = c.team_id and u.id <> c.owner_id and u.disabled_at is null)
    order by (select count(*) from customer_order o where o.customer_id = c.customer_id) desc, c.customer_no limit 1`.execute(
    db,
  );
  const [found] = rows;
  if (!found) return;
  await moveCustomers(db, {
    customerIds: [found.customer_id],
    to: { ownerId: found.other_id, teamId: found.team_id },
    why: { manner: 'transfer', reason: '区域调整，转给同组同事' },
    now,
  });
  await db
    .insertInto('customer_member')
    .values({
      customer_id: found.customer_id,
      user_id: found.owner_id,
      owner_id: found.other_id,
      team_id: found.team_id,
      role: 'service',
      access: 'read',
      note: '原负责人，继续跟进售后',
    })
    .execute();
  await db
    .insertInto('ownership_dispute')
    .values({
      customer_id: found.customer_id,
      owner_id: found.other_id,
      team_id: found.team_id,
      claimant_id: found.owner_id,
      respondent_id: found.other_id,
      grounds: '这个客户从首单起一直由我跟进，区域调整后仍由我对接采购和售后，申请划回。',
      created_at: now,
      updated_at: now,
    })
    .execute();
}

/** The demo shows pools with customers in them, rules to simulate, and a dispute to decide. Told twice it does nothing. */
export const demoOwnership = listenTo('demo.loaded', async (_payload, platform, db) => {
  const there = await db.selectFrom('pool').select('pool_id').limit(1).executeTakeFirst();
  if (there) return;
  const now = platform.clock.now();
  const pools = await openPools(db);
  for (const pool of pools) {
    await fill(db, pool, now);
    await writeRules(db, pool);
  }
  await beginDispute(db, now);
});
