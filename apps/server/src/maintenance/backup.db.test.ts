import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { migrations } from '../migrations/index.js';
import { openSecretBox, prepareFolders, type OpenedData } from '../platform/data-folder.js';
import { prepareOwnDatabase } from '../platform/db/open-database.js';
import { openFileStore } from '../platform/files/file-store.js';
import { testCluster } from '../testing/test-cluster.js';
import { keepMarks } from '../modules/records/erased-marks.js';
import { testServer } from '../testing/test-server.js';
import { backupData } from './backup-data.js';
import { restoreData } from './restore-data.js';
import { verifyBackup } from './verify-backup.js';

const folder = mkdtempSync(join(tmpdir(), 'kezi-backup-'));
const server = await testServer();
const { users } = server;
const now = new Date('2026-03-02T02:00:00Z');
const { adminUrl, secret } = testCluster();
const databases: string[] = [];

/** An empty data folder with an empty database. */
async function emptyData(): Promise<OpenedData> {
  const name = `restored_${randomBytes(4).toString('hex')}`;
  databases.push(name);
  const address = await prepareOwnDatabase(adminUrl, secret, name);
  const folders = prepareFolders(join(folder, name));
  return { folders, address, secret: 'another', close: () => Promise.resolve() };
}

async function ask<Row extends object>(data: OpenedData, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: data.address.ownerUrl });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

afterAll(async () => {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  for (const name of databases) await admin.query(`drop database ${name} with (force)`);
  await admin.end();
  rmSync(folder, { recursive: true });
});

/** Rows with everything that a text format stumbles over. */
async function fill(): Promise<string> {
  const awkward = String.raw`tab	back\slash "quote" \N 换行
第二行 𠮷䶮`;
  await server.asSystem(async (db) => {
    for (let index = 0; index < 300; index++) {
      await db
        .insertInto('customer')
        .values({
          customer_no: `C${index}`,
          name: `${awkward} ${index}`,
          owner_id: users.member.userId,
          team_id: users.teams.north1,
          custom: JSON.stringify({ 备注: awkward, n: index / 3 }),
        })
        .execute();
    }
    await sql`update register_entry set clv = customer_id / 7.0`.execute(db);
  });
  const bytes = randomBytes(100_000);
  const stored = await openFileStore(server.data.folders.files, server.data.folders.temp).save(
    Readable.from([bytes]),
    { maxBytes: 1e6 },
  );
  return stored.sha256;
}

const sha256 = await fill();
const file = join(folder, 'kezi.backup');

describe('a backup', () => {
  it('holds every row and file, and gives equal hashes of every table in an empty folder', async () => {
    const report = await backupData(server.data, file, now);
    expect(report).toMatchObject({ files: 1 });
    const restored = await emptyData();
    const outcome = await restoreData(restored, file);
    expect([outcome.tables, outcome.rows, outcome.files]).toEqual([report.tables, report.rows, 1]);
    const again = join(folder, 'again.backup');
    await backupData(restored, again, now);
    const [first, second] = [await verifyBackup(file), await verifyBackup(again)];
    // Making the first backup wrote its audit entry after its moment; everything else is byte for byte the same.
    const withoutAudit = (manifest: typeof first) =>
      manifest.tables.filter(({ name }) => name !== 'audit_entry' && name !== 'audit_unsealed');
    expect(withoutAudit(second)).toEqual(withoutAudit(first));
    expect(second.files).toEqual(first.files);
    expect(openFileStore(restored.folders.files, restored.folders.temp).exists(sha256)).toBe(true);
  });

  it('knows who was erased in a folder with another secret, and again where that is restored', async () => {
    const text = 'contact\n1\n卡那利';
    await server.asSystem((db) => keepMarks(db, server.platform.box.mark, [text], now));
    let backup = join(folder, 'marked.backup');
    await backupData(server.data, backup, now);
    for (const secretThere of ['another', 'a third']) {
      const restored = { ...(await emptyData()), secret: secretThere };
      await restoreData(restored, backup);
      const rows = await ask<{ mark: string }>(restored, 'select mark from erased_mark');
      const box = openSecretBox(restored);
      expect(box.marks(`erased\n${text}`)).toContain(rows[0]?.mark);
      expect(box.mark(`erased\n${text}`)).not.toBe(rows[0]?.mark);
      expect(box.marks('erased\ncontact\n1\nsomebody else')).not.toContain(rows[0]?.mark);
      backup = join(folder, `marked.${secretThere}.backup`);
      await backupData(restored, backup, now);
    }
  });

  it('leaves row-level security forced and numbers that go on', async () => {
    const restored = await emptyData();
    await restoreData(restored, file);
    const open = await ask<{ relname: string }>(
      restored,
      `select relname from pg_class where relname = 'customer' and not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(open).toEqual([]);
    const [row] = await ask<{ id: string }>(
      restored,
      `insert into customer (customer_no, name) values ('next', 'next') returning customer_id as id`,
    );
    expect(Number(row?.id)).toBe(301);
    // The register follows customers again.
    expect(
      await ask(restored, `select name, clv from register_entry where customer_id = ${row?.id}`),
    ).toEqual([{ name: 'next', clv: null }]);
  });

  it('holds the register of one run, and leaves out one that is being built', async () => {
    await server.asSystem((db) => sql`select begin_next_register()`.execute(db));
    const path = join(folder, 'building.backup');
    await backupData(server.data, path, now);
    await server.asSystem((db) => sql`select drop_next_register()`.execute(db));
    const { tables } = await verifyBackup(path);
    expect(
      tables.filter(({ name }) => name.startsWith('register')).map(({ name, rows }) => [name, rows]),
    ).toEqual([['register_entry', 300]]);
  });

  it('is written over no other file', async () => {
    await expect(backupData(server.data, file, now)).rejects.toMatchObject({ code: 'backup.file_exists' });
  });

  it('with one wrong bit, or cut short, is refused and nothing of it is kept', async () => {
    const whole = gunzipSync(readFileSync(file));
    const flipped = Buffer.from(whole);
    const place = flipped.indexOf('C299\t');
    expect(place).toBeGreaterThan(0);
    flipped.writeUInt8(flipped.readUInt8(place) ^ 1, place);
    const damaged = {
      flipped: gzipSync(flipped),
      cut: readFileSync(file).subarray(0, -2000),
      empty: Buffer.alloc(0),
      other: gzipSync(Buffer.from('hello')),
    };
    for (const [name, bytes] of Object.entries(damaged)) {
      const path = join(folder, `${name}.backup`);
      writeFileSync(path, bytes);
      const target = await emptyData();
      await expect(restoreData(target, path)).rejects.toMatchObject({
        code: expect.stringMatching(/^backup\.(damaged|not_a_backup)$/) as string,
      });
      const left = await ask<{ count: number }>(
        target,
        `select case when to_regclass('customer') is null then 0 else (select count(*) from customer)::int end as count`,
      ).catch(() => [{ count: 0 }]);
      expect(left).toEqual([{ count: 0 }]);
      await restoreData(target, file);
    }
  });

  it('with a passphrase opens with that one alone, and not in place of one without', async () => {
    const passphrase = 'correct horse battery';
    const path = join(folder, 'sealed.backup');
    const report = await backupData(server.data, path, now, passphrase);
    expect([report.sealed, report.files]).toEqual([true, 1]);
    const bytes = readFileSync(path);
    expect(bytes.includes('kezi backup')).toBe(false);
    const cut = join(folder, 'sealed-cut.backup');
    writeFileSync(cut, bytes.subarray(0, -20));
    const target = await emptyData();
    for (const [from, word, code] of [
      [path, undefined, 'backup.passphrase_missing'],
      [path, 'another horse battery', 'backup.wrong_passphrase'],
      [cut, passphrase, 'backup.damaged'],
      [file, passphrase, 'backup.not_sealed'],
    ] as const) {
      await expect(restoreData(target, from, word)).rejects.toMatchObject({ code });
    }
    const restored = await restoreData(target, path, passphrase);
    expect([restored.tables, restored.rows, restored.files]).toEqual([report.tables, report.rows, 1]);
    await expect(backupData(server.data, join(folder, 'x'), now, 'short')).rejects.toMatchObject({
      code: 'backup.passphrase_short',
    });
  });

  it('is loaded into an empty folder only', async () => {
    await expect(restoreData(server.data, file)).rejects.toMatchObject({ code: 'backup.not_empty' });
  });

  it('of a newer program is refused in words', async () => {
    const older = Object.keys(migrations).at(-1) ?? '';
    const text = gunzipSync(readFileSync(file))
      .toString('latin1')
      .replace(older, older.replace('2026', '2999'));
    const path = join(folder, 'newer.backup');
    writeFileSync(path, gzipSync(Buffer.from(text, 'latin1')));
    await expect(restoreData(await emptyData(), path)).rejects.toMatchObject({ code: 'app.database_newer' });
  });
});
