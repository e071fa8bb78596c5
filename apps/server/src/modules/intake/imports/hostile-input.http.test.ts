import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { importFile, upload } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { administrator, member, other } = server.users;
const header = '订单号,客户编号,订单日期,金额\n';

/** Cells that programs further on might run, if they were not only text. */
const hostile = [
  `=cmd|'/c calc'!A1`,
  '\u00A0@SUM(1+1)',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  `'; drop table customer; --`,
  `' or '1'='1`,
  '${process.exit()} {{7*7}} %s %n',
  '../../../../etc/passwd',
];
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

const rowsOf = async <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
  server.asSystem(async (db) => (await query.execute(db)).rows);

describe('strings that something might run', () => {
  it('stand in every column, header and file name as the text they are', async () => {
    const names = ['客户编号', '客户名称', '行业', '地区', ...hostile.slice(0, 4)];
    const lines = hostile.map((_, row) =>
      names
        .map((_name, column) =>
          column === 0 ? `H${row} ${hostile[row]}` : (hostile[(row + column) % hostile.length] ?? ''),
        )
        .map(quoted)
        .join(','),
    );
    const file = `${names.map(quoted).join(',')}\n${lines.join('\n')}\n`;
    const fileName = `=cmd'; drop table customer; -- <script>.csv`;
    const uploaded = (await upload(administrator, 'customers', file, { name: fileName })).body;
    expect(uploaded.fileName).toBe(fileName);
    const columns: Record<string, number> = { customerId: 1, customerName: 2, industry: 3, region: 4 };
    for (const [at, name] of names.entries()) if (at > 3) columns[`custom:${name.trim()}`] = at + 1;
    const patched = await administrator.patch(`/imports/${uploaded.importBatchId}`, { mapping: { columns } });
    expect(patched.status).toBe(200);
    await administrator.post(`/imports/${uploaded.importBatchId}/start`);
    await server.runJobs();
    const batch = (await administrator.get(`/imports/${uploaded.importBatchId}`)).body;
    expect(batch.counts).toMatchObject({ accepted: hostile.length, rejected: 0 });
    const stored = await rowsOf(sql<{ no: string; name: string; industry: string; custom: object }>`
      select customer_no as no, name, industry, custom from customer where customer_no like 'H_ %' order by customer_no`);
    expect(stored.map(({ name, industry }) => [name, industry])).toEqual(
      hostile.map((_, row) =>
        [1, 2].map((column) => (hostile[(row + column) % hostile.length] ?? '').trim()),
      ),
    );
    expect(Object.keys(stored[0]?.custom ?? {}).sort()).toEqual(
      hostile
        .slice(0, 4)
        .map((text) => text.trim())
        .sort(),
    );
  });

  it('are searched, filtered and exported as text, and an export runs nothing', async () => {
    for (const text of hostile) {
      const { status, body } = await administrator.get(`/customers?q=${encodeURIComponent(text)}`);
      // What it finds are the customers that the file before has named so, and not everybody.
      const named = body.items.filter((item: object) =>
        JSON.stringify(item).includes(JSON.stringify(text.trim()).slice(1, -1)),
      );
      expect([text, status, named.length > 0 && named.length === body.items.length]).toEqual([
        text,
        200,
        true,
      ]);
    }
    const { raw, status } = await administrator.get('/customers/export?format=csv');
    expect(status).toBe(200);
    const cells = raw.body.split(/\r?\n/).flatMap((line: string) => line.split(','));
    expect(cells.filter((cell: string) => /^"?[\s\u00A0]*[=@]/.test(cell))).toEqual([]);
    expect(raw.body).toContain(`'=cmd|'/c calc'!A1`);
  });

  it('come back from refused rows in a workbook, and are read from it as they were', async () => {
    const rows = hostile.map((text) => `${quoted(text)},${quoted(text)},2026-02-31,1\n`).join('');
    const good = Array.from({ length: 20 }, (_, i) => `R${i},RC,2026-01-05,1\n`).join('');
    const batch = await importFile(server, administrator, 'orders', header + good + rows);
    expect(batch.counts).toMatchObject({ accepted: 20, rejected: hostile.length });
    const { raw } = await administrator.get(`/imports/${batch.importBatchId}/errors.xlsx`);
    const again = await upload(administrator, 'orders', raw.rawPayload, { name: 'errors.xlsx' });
    const preview = await administrator.get(`/imports/${again.body.importBatchId}/preview`);
    const texts = preview.body.rows.map((row: { cells: { text: string }[] }) => row.cells[0]?.text.trim());
    expect(texts).toEqual(hostile.map((text) => text.trim()));
  });
});

describe('days and amounts, as they come', () => {
  const dates: readonly [string, string[], string[]][] = [
    ['Chinese', ['2024年1月2日', '2024年12月31日'], ['2024-01-02', '2024-12-31']],
    ['of the republic', ['民国113年1月2日', '民國113年12月31日'], ['2024-01-02', '2024-12-31']],
    ['compact', ['20240102', '20241231'], ['2024-01-02', '2024-12-31']],
    ['serials of a workbook', ['45293', '45657'], ['2024-01-02', '2024-12-31']],
    [
      'milliseconds by the clock of the company',
      ['1704211199000', '1704211200000'],
      ['2024-01-02', '2024-01-03'],
    ],
    ['with the end of the day', ['2024-01-02 24:00', '2024-12-31 24:00:00'], ['2024-01-02', '2024-12-31']],
  ];
  it.each(dates)('days: %s', async (name, written, wanted) => {
    const rows = written.map((text, i) => `D ${name} ${i},CD,${text},1\n`).join('');
    const batch = await importFile(server, administrator, 'orders', header + rows);
    expect(batch.counts).toMatchObject({ accepted: written.length, rejected: 0 });
    const found = await rowsOf(sql<{ day: string }>`
      select ordered_on as day from customer_order where order_no like ${`D ${name} %`} order by order_no`);
    expect(found.map(({ day }) => day)).toEqual(wanted);
  });

  it('days that are none, or of another age, are refused with their reason', async () => {
    const good = Array.from({ length: 20 }, (_, i) => `N${i},CN,2026-01-05,1\n`).join('');
    const days = ['2023-02-29', '1899-12-31', '2101-01-01', '2024-01-02 24:01', '24-1-2'];
    const rows = days.map((day, i) => `NB${i},CN,${day},1\n`).join('');
    const batch = await importFile(server, administrator, 'orders', header + good + rows);
    expect(batch.counts).toMatchObject({
      accepted: 20,
      reasons: {
        'tabular.date_impossible': 1,
        'tabular.date_out_of_range': 2,
        'tabular.date_unreadable': 1,
        'tabular.date_two_digit_year': 1,
      },
    });
  });

  it('amounts keep every digit, whatever they are written with', async () => {
    const amounts: [string, number][] = [
      ['"￥1,234"', 123_400],
      ['（500）', -50_000],
      ['1万', 1_000_000],
      ['１２３．４５', 12_345],
      ['0.10', 10],
      ['99999999999.99', 9_999_999_999_999],
    ];
    const rows = amounts.map(([text], i) => `M${i},CM,2026-01-05,${text}\n`).join('');
    const bad = ['1e309', 'NaN', '1234567890123456789', '1.005', '"1.234,56"']
      .map((text, i) => `MB${i},CM,2026-01-05,${text}\n`)
      .join('');
    const batch = await importFile(server, administrator, 'orders', header + rows + bad, {
      mapping: {
        columns: { orderId: 1, customerId: 2, orderDate: 3, amount: 4 },
        numberStyle: '1,234.56',
      },
    });
    expect(batch.counts?.reasons).toEqual({
      'tabular.number_scientific': 1,
      'tabular.number_not_finite': 1,
      'tabular.number_too_long': 1,
      'tabular.money_too_precise': 1,
      'tabular.number_unreadable': 1,
    });
    const found = await rowsOf(sql<{ minor: number }>`
      select amount_minor as minor from customer_order where order_no like 'M_' order by order_no`);
    expect(found.map(({ minor }) => minor)).toEqual(amounts.map(([, minor]) => minor));
  });
});

describe('numbers that name a record', () => {
  const customers = (rows: readonly string[]) => `客户编号,客户名称\n${rows.join('\n')}\n`;

  it('differ by case, and not by width or blanks', async () => {
    const file = customers([
      'Id-1,甲',
      'id-1,乙',
      'Ｉｄ－１,丙',
      '" Id-1 ",丁',
      'Id\u200B-1,戊',
      'Id\u3000 1,己',
      'Id 1,庚',
    ]);
    const batch = await importFile(server, administrator, 'customers', file);
    const found = await rowsOf(sql<{ no: string; name: string }>`
      select customer_no as no, name from customer where lower(customer_no) like 'id%1' order by name`);
    expect(batch.counts).toMatchObject({
      read: 7,
      rejected: batch.counts?.reasons?.['imports.repeated_in_file'],
    });
    expect(found.map(({ name }) => name).sort()).toEqual(expect.arrayContaining(['甲', '乙', '己']));
    expect(new Set(found.map(({ no }) => no.normalize('NFKC').trim())).size).toBe(found.length);
  });

  it('in two files at once make one record, and the sums are those of one', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => `T${i},CT${i % 7},2026-01-05,${i + 1}.10\n`);
    const files = [header + rows.join(''), header + rows.toReversed().join('')];
    const uploads = await Promise.all(files.map((file) => upload(administrator, 'orders', file)));
    await Promise.all(uploads.map(({ body }) => administrator.post(`/imports/${body.importBatchId}/start`)));
    await server.runJobs();
    const batches = await Promise.all(
      uploads.map(async ({ body }) => (await administrator.get(`/imports/${body.importBatchId}`)).body),
    );
    const orders = batches.map((batch) => batch.counts.records.orders);
    expect(orders.map(({ added }) => added).sort((a, b) => a - b)).toEqual([0, 50]);
    const [sum] = await rowsOf(sql<{ orders: number; minor: number; customers: number }>`
      select count(*) as orders, sum(amount_minor)::bigint as minor, count(distinct customer_id) as customers
      from customer_order where order_no ~ '^T[0-9]+$'`);
    expect(sum).toEqual({ orders: 50, minor: 127_500 + 500, customers: 7 });
  });

  it('of another team are refused in the words for a number that may not be used, and nothing of it is told', async () => {
    await importFile(server, other, 'customers', customers(['SECRET-1,不可见的公司']));
    const batch = await importFile(
      server,
      member,
      'customers',
      customers(['SECRET-1,试探', 'FREE-1,新公司']),
    );
    expect(batch.counts?.reasons).toEqual({ 'imports.customer_not_available': 1 });
    const { raw } = await member.get(`/imports/${batch.importBatchId}/errors`);
    expect(raw.body).not.toContain('不可见的公司');
    const [kept] = await rowsOf(
      sql<{ name: string }>`select name from customer where customer_no = 'SECRET-1'`,
    );
    expect(kept?.name).toBe('不可见的公司');
  });
});

describe('text that cannot be read', () => {
  const rare = ['䶮', '𠮷野家', '㛃', '𬱖', '龘靐'];

  it.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ])(
    'is a row error, never a replacement character in the database; rare names stay whole: %s',
    async (name, encode) => {
      const rows = rare.map((text, i) => `${name}-${i},${text}有限公司`);
      const good = encode(`客户编号,客户名称\n${rows.join('\n')}\n${name}-x,坏`);
      // Half a pair of UTF-16, and in UTF-8 bytes that begin nothing.
      const broken = Buffer.from(name === 'UTF-8' ? [0xc3, 0x28] : [0x42, 0xd8]);
      const file = Buffer.concat([good, broken, encode('\n').subarray(name === 'UTF-8' ? 0 : 2)]);
      const batch = await importFile(server, administrator, 'customers', file);
      expect(batch.counts).toMatchObject({
        accepted: rare.length,
        reasons: { 'tabular.broken_encoding': 1 },
      });
      const found = await rowsOf(sql<{ name: string }>`
      select name from customer where customer_no like ${`${name}-%`} order by customer_no`);
      expect(found.map((row) => row.name)).toEqual(rare.map((text) => `${text}有限公司`));
      const [replaced] = await rowsOf(sql<{ n: number }>`
      select count(*) as n from customer where name like '%' || chr(65533) || '%'`);
      expect(replaced?.n).toBe(0);
    },
  );
});
