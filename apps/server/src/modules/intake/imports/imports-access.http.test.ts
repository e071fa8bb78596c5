import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { importFile, upload } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { administrator, manager, member, other, anonymous } = server.users;

const header = '订单号,客户编号,订单日期,金额\n';
let number = 0;
/** Numbers that no other test of this file uses. */
const fresh = () => {
  number += 1;
  return { order: `SO${number}`, customer: `CU${number}` };
};

const count = (table: string, where = 'true') =>
  server.asSystem(async (db) => {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(table)} where ${sql.raw(where)}`.execute(db);
    return rows[0]?.n ?? -1;
  });

/** Every row of the tables that an import writes, without the times. */
const snapshot = () =>
  server.asSystem(async (db) => {
    const parts = await Promise.all(
      ['customer', 'product', 'customer_order', 'order_line', 'customer_token'].map(async (table) => {
        const { rows } = await sql<{ hash: string }>`
          select md5(coalesce(string_agg(row::text, '|' order by row::text), '')) as hash from (
            select to_jsonb(t) - 'updated_at' - 'created_at' - 'row_version' as row from ${sql.table(table)} t
          ) rows`.execute(db);
        return rows[0]?.hash;
      }),
    );
    return parts.join(' ');
  });

describe('rights', () => {
  it('refuse rows of customers that are not the user’s, and take in the others', async () => {
    const [theirs, mine] = [fresh(), fresh()];
    await importFile(server, other, 'orders', `${header}${theirs.order},${theirs.customer},2026-01-05,10\n`);
    const before = await count('customer_order', `order_no = '${theirs.order}'`);
    const file = `${header}N${theirs.order},${theirs.customer},2026-01-05,10\n${theirs.order},${mine.customer},2026-01-05,99\n${mine.order},${mine.customer},2026-01-05,5\n`;
    const batch = await importFile(server, member, 'orders', file);
    expect(batch.counts).toMatchObject({
      accepted: 1,
      rejected: 2,
      reasons: { 'imports.customer_not_available': 1, 'imports.order_not_available': 1 },
    });
    expect(before).toBe(1);
    const owned = await server.asSystem((db) =>
      db.selectFrom('customer').selectAll().where('customer_no', '=', mine.customer).executeTakeFirst(),
    );
    expect(owned).toMatchObject({ owner_id: member.userId, team_id: server.users.teams.north1 });
    const renamed = await importFile(
      server,
      member,
      'customers',
      `客户编号,客户名称\n${theirs.customer},改名\n`,
    );
    expect(renamed.counts?.reasons).toEqual({ 'imports.customer_not_available': 1 });
    expect(await count('customer', `name = '改名'`)).toBe(0);
  });

  it('do not let a dry run tell which numbers the customers of others have', async () => {
    const [theirs, nobodys] = [fresh(), fresh()];
    await importFile(server, other, 'orders', `${header}${theirs.order},${theirs.customer},2026-01-05,10\n`);
    const dryRun = async (kind: 'customers' | 'orders', file: string) => {
      const { importBatchId } = (await upload(member, kind, file)).body;
      await member.post(`/imports/${importBatchId}/check`);
      await server.runJobs();
      return (await member.get(`/imports/${importBatchId}`)).body;
    };
    for (const [kind, fileFor] of [
      ['customers', (no: string) => `客户编号,客户名称\n${no},甲公司\n`],
      ['orders', (no: string) => `${header}N-${theirs.order},${no},2026-01-05,10\n`],
    ] as const) {
      const ofTheirs = await dryRun(kind, fileFor(theirs.customer));
      const ofNobody = await dryRun(kind, fileFor(nobodys.customer));
      expect([kind, ofTheirs.status, ofTheirs.counts]).toEqual([kind, 'checked', ofNobody.counts]);
      expect(ofTheirs.counts).toMatchObject({ accepted: 1, records: { customers: { added: 1 } } });
    }
    const shared = await administrator.get(`/customers?q=${theirs.customer}`);
    expect(shared.body.items).toHaveLength(1);
  });

  it('do not let a dry run tell which orders, contracts and payments of others there are', async () => {
    const [theirs, mine, nobodys] = [fresh(), fresh(), fresh()];
    const contracts = (no: string, customer: string) =>
      `合同编号,客户编号,开始日期\n${no},${customer},2026-01-01\n`;
    const payments = (no: string, customer: string) =>
      `回款编号,客户编号,回款日期,金额\n${no},${customer},2026-01-05,10\n`;
    const orders = (no: string, customer: string) => `${header}${no},${customer},2026-01-05,10\n`;
    await importFile(server, member, 'customers', `客户编号,客户名称\n${mine.customer},甲\n`);
    await importFile(server, other, 'orders', orders(theirs.order, theirs.customer));
    await importFile(server, other, 'contracts', contracts(theirs.order, theirs.customer));
    await importFile(server, other, 'payments', payments(theirs.order, theirs.customer));
    for (const [kind, fileFor] of Object.entries({ orders, contracts, payments })) {
      const dryRun = async (no: string) => {
        const file = fileFor(no, mine.customer);
        const { importBatchId } = (await upload(member, kind as 'orders', file)).body;
        await member.post(`/imports/${importBatchId}/check`);
        await server.runJobs();
        return (await member.get(`/imports/${importBatchId}`)).body;
      };
      const before = await snapshot();
      const [ofTheirs, ofNobody] = [await dryRun(theirs.order), await dryRun(nobodys.order)];
      expect([kind, ofTheirs.status, ofTheirs.counts]).toEqual([kind, 'checked', ofNobody.counts]);
      expect(ofTheirs.counts).toMatchObject({ accepted: 1, records: { [kind]: { added: 1 } } });
      expect(await snapshot()).toBe(before);
      const imported = await importFile(
        server,
        member,
        kind as 'orders',
        fileFor(theirs.order, mine.customer),
      );
      expect(imported.counts).toMatchObject({ accepted: 0, rejected: 1 });
    }
  });

  it('continue in a dry run an order whose lines come far apart', async () => {
    const { order, customer } = fresh();
    const far = Array.from({ length: 9000 }, (_, at) => `F${order}-${at},${customer},2026-01-05,1\n`).join(
      '',
    );
    const file = `${header}${order},${customer},2026-01-05,10\n${far}${order},${customer},2026-01-05,5\n${order},X${customer},2026-01-05,5\n`;
    const { importBatchId } = (await upload(member, 'orders', file)).body;
    await member.post(`/imports/${importBatchId}/check`);
    await server.runJobs();
    expect((await member.get(`/imports/${importBatchId}`)).body.counts).toMatchObject({
      accepted: 9002,
      records: { orders: { added: 9001 } },
      reasons: { 'imports.order_of_two_customers': 1 },
    });
  });

  it('hide an import from others as if it were not there', async () => {
    const { order, customer } = fresh();
    const batch = await importFile(
      server,
      member,
      'orders',
      `${header}${order},${customer},bad,10\n${order},${customer},2026-01-05,10\n`,
    );
    for (const path of ['', '/errors', '/errors.xlsx', '/preview']) {
      const { status, body } = await other.get(`/imports/${batch.importBatchId}${path}`);
      expect([status, body.code]).toEqual([404, 'imports.not_found']);
    }
    for (const action of ['check', 'start', 'cancel', 'undo']) {
      const { status } = await other.post(
        `/imports/${batch.importBatchId}/${action}`,
        action === 'undo' ? {} : undefined,
      );
      expect(status).toBe(404);
    }
    expect((await upload(anonymous, 'orders', header)).status).toBe(401);
    expect((await manager.get('/imports')).body.items).toEqual([]);
  });
});

describe('states', () => {
  it('allow what makes sense and refuse the rest with 409', async () => {
    const { order, customer } = fresh();
    const batch = await importFile(
      server,
      administrator,
      'orders',
      `${header}${order},${customer},2026-01-05,1\n`,
    );
    for (const action of ['check', 'start', 'cancel']) {
      const { status, body } = await administrator.post(`/imports/${batch.importBatchId}/${action}`);
      expect([status, body.code]).toEqual([409, 'imports.status_conflict']);
    }
    expect((await administrator.patch(`/imports/${batch.importBatchId}`, { mapping: {} })).status).toBe(409);
  });

  it('a cancelled import leaves nothing and may begin again', async () => {
    const { order, customer } = fresh();
    const { importBatchId } = (
      await upload(administrator, 'orders', `${header}${order},${customer},2026-01-05,1\n`)
    ).body;
    await administrator.post(`/imports/${importBatchId}/start`);
    const cancelled = await administrator.post(`/imports/${importBatchId}/cancel`);
    expect(cancelled.body.status).toBe('cancelled');
    await server.runJobs();
    expect(await count('customer', `customer_no = '${customer}'`)).toBe(0);
    await administrator.post(`/imports/${importBatchId}/start`);
    await server.runJobs();
    expect((await administrator.get(`/imports/${importBatchId}`)).body.status).toBe('imported');
  });

  it('a job that is run again after its work was done does nothing twice', async () => {
    const { order, customer } = fresh();
    const batch = await importFile(
      server,
      administrator,
      'orders',
      `${header}${order},${customer},2026-01-05,1\n`,
    );
    const before = await snapshot();
    await server.asSystem(async (db) => {
      await sql`update job set status = 'queued' where job_id = ${batch.jobId}`.execute(db);
      await sql`select kezi_enqueue(${batch.jobId}, 'imports.run', 'imports')`.execute(db);
    });
    await server.runJobs();
    const job = (await administrator.get(`/jobs/${batch.jobId}`)).body;
    expect(job).toMatchObject({ status: 'done', attempt: 2, result: { read: 1, accepted: 1 } });
    expect(await snapshot()).toBe(before);
  });
});

describe('an upload', () => {
  const stored = () =>
    readdirSync(server.platform.folders.files, { recursive: true }).filter((name) =>
      /[0-9a-f]{64}$/.test(String(name)),
    ).length;

  it('that is not what the sender said leaves nothing', async () => {
    const before = [stored(), await count('import_batch')];
    const content = `${header}${fresh().order},X,2026-01-05,1\n`;
    const { status, body } = await upload(administrator, 'orders', content, { sha256: 'a'.repeat(64) });
    expect([status, body.code]).toEqual([409, 'imports.upload_changed']);
    expect([stored(), await count('import_batch')]).toEqual(before);
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect((await upload(administrator, 'orders', content, { sha256 })).status).toBe(201);
  });

  it('that was never imported can be deleted by whom it belongs to, with its file, and in the audit', async () => {
    const [a, b] = [fresh(), fresh()];
    const content = `${header}${a.order},${a.customer},2026-01-05,1\n`;
    const before = stored();
    const first = (await upload(member, 'orders', content)).body.importBatchId;
    const second = (await upload(member, 'orders', content)).body.importBatchId;
    expect((await other.delete(`/imports/${first}`)).status).toBe(404);
    expect((await anonymous.delete(`/imports/${first}`)).status).toBe(401);
    expect((await member.delete(`/imports/${first}`)).status).toBe(204);
    expect((await member.get(`/imports/${first}`)).status).toBe(404);
    expect((await member.delete(`/imports/${first}`)).body.code).toBe('imports.not_found');
    // The other upload has the same bytes: they stay, and can be imported.
    expect(stored()).toBe(before + 1);
    await member.post(`/imports/${second}/check`);
    expect((await member.delete(`/imports/${second}`)).body.code).toBe('imports.status_conflict');
    await server.runJobs();
    expect((await member.delete(`/imports/${second}`)).status).toBe(204);
    expect([stored(), await count('import_batch', `import_batch_id = ${second}`)]).toEqual([before, 0]);
    const written = `action = 'import.deleted' and user_id = ${member.userId} and subject_id in ('${first}', '${second}')`;
    expect(await count('audit_entry', written)).toBe(2);

    const done = await importFile(
      server,
      member,
      'orders',
      `${header}${b.order},${b.customer},2026-01-05,1\n`,
    );
    const kept = await member.delete(`/imports/${done.importBatchId}`);
    expect([kept.status, kept.body.code]).toEqual([409, 'imports.status_conflict']);
    await member.post(`/imports/${done.importBatchId}/undo`, {});
    await server.runJobs();
    expect((await member.delete(`/imports/${done.importBatchId}`)).status).toBe(409);
  });

  it('with a path for a name keeps the last part of it', async () => {
    const { body } = await upload(administrator, 'orders', `${header}X,Y,2026-01-05,1\n`, {
      name: '../../etc/pass\\订单.csv',
    });
    expect(body.fileName).toBe('订单.csv');
  });

  it.each([
    ['an empty file', '', 'tabular.empty_file'],
    ['a header without rows', header, 'tabular.header_only'],
    [
      'a program',
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3, 0, 0, 0, 0]),
      'tabular.unsupported_format',
    ],
  ])('of %s is refused in words', async (_, content, code) => {
    const before = stored();
    const { status, body } = await upload(administrator, 'orders', content);
    expect([status, body.code]).toEqual([422, code]);
    expect(body.detail).toMatch(/[\u4e00-\u9fff]/);
    expect(stored()).toBe(before);
  });
});
