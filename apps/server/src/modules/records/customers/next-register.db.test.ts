import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../platform/db/scoped-db.js';
import { made, publish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import { until } from '../../../testing/until.js';
import { buildNextRegister, dropNextRegister, placeNextRegister } from './next-register.js';

const server = await testServer();
const { users } = server;
const { administrator, member, other } = users;
const going = new AbortController().signal;
const nothingElse = () => Promise.resolve();

/** How the database describes the register: whatever is lost when the table is made anew shows here. */
async function description(): Promise<unknown> {
  const { rows } = await server.asSystem((db) =>
    sql`
      select 'index' as what, indexname || ' ' || indexdef as words from pg_indexes where tablename = 'register_entry'
      union all select 'policy', row_to_json(p)::text from pg_policies p where tablename = 'register_entry'
      union all select 'right', grantee || ' ' || privilege_type from information_schema.role_table_grants
        where table_name = 'register_entry'
      union all select 'column', a.attname || ' ' || a.attnotnull || ' ' || format_type(a.atttypid, a.atttypmod)
        from pg_attribute a where attrelid = 'register_entry'::regclass and attnum > 0
      union all select 'constraint', conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
        where conrelid = 'register_entry'::regclass and contype <> 'n'
      union all select 'security', concat_ws(' ', relrowsecurity, relforcerowsecurity, relpersistence)
        from pg_class where oid = 'register_entry'::regclass
      union all select 'owner', (relowner = (select relowner from pg_class where relname = 'customer'))::text
        from pg_class where oid = 'register_entry'::regclass
      order by 1, 2`.execute(db),
  );
  return rows;
}

interface Entry {
  customerNo: string;
  name: string;
  clv: number | null;
}

async function entriesOf(viewer: Viewer): Promise<Entry[]> {
  return server.platform.db.inScope(viewer, async (db) => {
    const { rows } = await sql<Entry>`
      select customer_no as "customerNo", name, clv from register_entry order by customer_no`.execute(db);
    return rows;
  });
}

const all: Viewer = { userId: administrator.userId, scope: 'all', teamIds: [] };
const ownOf = (userId: number): Viewer => ({ userId, scope: 'own', teamIds: [] });

/** Whether somebody waits to have the register alone, and whether somebody keeps customers from being edited. */
async function locks(): Promise<{ waits: boolean; keeps: boolean }> {
  const { rows } = await server.asSystem((db) =>
    sql<{ waits: boolean; keeps: boolean }>`
      select coalesce(bool_or(not granted and mode = 'AccessExclusiveLock'), false) as waits,
        coalesce(bool_or(relation = 'customer'::regclass and mode = 'ShareRowExclusiveLock'), false) as keeps
      from pg_locks where database = (select oid from pg_database where datname = current_database())`.execute(
      db,
    ),
  );
  return rows[0] ?? { waits: false, keeps: false };
}

async function place(runId: number): Promise<void> {
  await placeNextRegister(server.asSystem, { scoreRunId: runId }, going, nothingElse);
}

describe('the register of a run', () => {
  let runId = 0;
  const ids: number[] = [];
  beforeAll(async () => {
    for (const [index, owner] of [member, member, other].entries()) {
      const { customerId } = await made(administrator, {
        customerNo: `R${index}`,
        name: `客户${index}`,
        ownerId: owner.userId,
      });
      ids.push(customerId as number);
    }
    runId = await publish(server, '2026-01-31', [
      { customerId: ids[0]!, pAlive: 0.9, spend: 100, clv: 500 },
      { customerId: ids[2]!, pAlive: 0.5, spend: 10, clv: 50 },
    ]);
    await server.asSystem((db) =>
      sql`update register_entry set clv = null, score_run_id = null, p_alive = null`.execute(db),
    );
  });

  it('takes the place of the one before with its columns, indexes, policies and rights', async () => {
    const before = await description();
    await buildNextRegister(server.asSystem, { scoreRunId: runId }, going);
    expect((await entriesOf(all)).map((entry) => entry.clv)).toEqual([null, null, null]);
    await place(runId);
    expect(await description()).toEqual(before);
    expect(await entriesOf(all)).toEqual([
      { customerNo: 'R0', name: '客户0', clv: 500 },
      { customerNo: 'R1', name: '客户1', clv: null },
      { customerNo: 'R2', name: '客户2', clv: 50 },
    ]);
  });

  it('shows everybody their own customers', async () => {
    expect((await entriesOf(ownOf(member.userId))).map((entry) => entry.customerNo)).toEqual(['R0', 'R1']);
    expect((await entriesOf(ownOf(other.userId))).map((entry) => entry.customerNo)).toEqual(['R2']);
  });

  it('has what happened to customers while it was built', async () => {
    await buildNextRegister(server.asSystem, { scoreRunId: runId }, going);
    await server.asSystem(async (db) => {
      await sql`update customer set name = '改了名' where customer_id = ${ids[0]}`.execute(db);
      await sql`update customer set owner_id = ${member.userId} where customer_id = ${ids[2]}`.execute(db);
      await sql`delete from customer where customer_id = ${ids[1]}`.execute(db);
    });
    await made(administrator, { customerNo: 'R3', name: '新来的', ownerId: other.userId });
    await place(runId);
    expect(await entriesOf(all)).toEqual([
      { customerNo: 'R0', name: '改了名', clv: 500 },
      { customerNo: 'R2', name: '客户2', clv: 50 },
      { customerNo: 'R3', name: '新来的', clv: null },
    ]);
    expect((await entriesOf(ownOf(other.userId))).map((entry) => entry.customerNo)).toEqual(['R3']);
  });

  it('follows a customer who is changed once it is in place', async () => {
    await server.asSystem((db) =>
      sql`update customer set name = '又改了' where customer_id = ${ids[0]}`.execute(db),
    );
    expect((await entriesOf(all))[0]).toEqual({ customerNo: 'R0', name: '又改了', clv: 500 });
  });

  it('waits for whoever reads the whole register, and lets others read meanwhile', async () => {
    await buildNextRegister(server.asSystem, { scoreRunId: runId }, going);
    let isPlaced = false;
    const placing = server.platform.db.inScope(all, async (db) => {
      await sql`select count(*) from register_entry`.execute(db);
      const placed = place(runId).then(() => {
        isPlaced = true;
      });
      // Nor does whoever edits a customer wait: nothing is compared in vain.
      const isSeen = async (waits: boolean) => {
        const seen = await locks();
        expect(seen.keeps).toBe(false);
        return seen.waits === waits;
      };
      await until(() => isSeen(true));
      // It gives up, and whoever comes now is served before it tries again.
      await until(() => isSeen(false));
      expect(await entriesOf(all)).toHaveLength(3);
      expect(isPlaced).toBe(false);
      await server.asSystem((other) =>
        sql`update customer set name = '没有等' where customer_id = ${ids[0]}`.execute(other),
      );
      return { placed };
    });
    await (
      await placing
    ).placed;
    expect(isPlaced).toBe(true);
  });

  it('leaves nothing when it is given up, and begins anew after a crash', async () => {
    const before = await description();
    await expect(
      buildNextRegister(server.asSystem, { scoreRunId: runId }, AbortSignal.abort(new Error('cancelled'))),
    ).rejects.toThrow('cancelled');
    await buildNextRegister(server.asSystem, { scoreRunId: runId }, going);
    await server.asSystem(dropNextRegister);
    const { rows } = await server.asSystem((db) =>
      sql`select relname from pg_class where relname like 'register_entry%next'`.execute(db),
    );
    expect(rows).toEqual([]);
    expect(await description()).toEqual(before);
  });

  it('is made by who sees all, and by nobody else', async () => {
    const made = server.platform.db.inScope(ownOf(member.userId), (db) =>
      sql`select begin_next_register()`.execute(db),
    );
    await expect(made).rejects.toThrow(/permission denied/);
  });
});
