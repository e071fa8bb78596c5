import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import exceljs from 'exceljs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDuckDb } from './engine/duckdb/open-duckdb.js';
import { valueCustomers, type ValuationRequest } from './value-customers.js';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kezi-value-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

type FilesSource = Extract<ValuationRequest['source'], { kind: 'files' }>;

/** Values a text as a file, or files that are there already. */
async function value(
  text: string | Uint8Array | readonly string[],
  request: Omit<Partial<ValuationRequest>, 'source'> & { source?: Partial<FilesSource>; name?: string } = {},
): ReturnType<typeof valueCustomers> {
  const { source, name, ...rest } = request;
  let paths = text as readonly string[];
  if (typeof text === 'string' || text instanceof Uint8Array) {
    paths = [join(folder, name ?? 'orders.csv')];
    await writeFile(paths[0]!, text);
  }
  return valueCustomers({ source: { kind: 'files', paths, ...source }, workFolder: folder, ...rest });
}

async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).trimEnd().split('\n');
}

/** A few customers with a few orders: enough to be valued, too few to be fitted. */
const header = '客户编号,下单日期,金额\n';
const small = `${header}A,2024-01-01,10\nA,2024-02-01,20\nB,2024-01-15,5\n`;

describe('odd data', () => {
  it('one customer only', async () => {
    const out = join(folder, 'o.csv');
    const report = await value(`${header}A,2024-01-01,10\nA,2024-03-01,30\n`, { out });
    expect(report).toMatchObject({ customers: 1, orders: 2, naiveInPlace: true });
    expect(report.naiveReason).not.toBeNull();
    const rows = await linesOf(out);
    expect(rows.length).toBe(2);
    expect(rows[1]).not.toMatch(/nan|inf/i);
  });

  it('all customers with one order', async () => {
    const out = join(folder, 'o.csv');
    const rows = Array.from(
      { length: 200 },
      (_, i) => `C${i},2024-01-${String(1 + (i % 28)).padStart(2, '0')},${i + 1}\n`,
    );
    const report = await value(header + rows.join(''), { out });
    expect(report).toMatchObject({
      customers: 200,
      orders: 200,
      naiveInPlace: true,
      naiveReason: 'no-repeat-orders',
    });
    expect(report.totals).toMatchObject({ clv: 0, clvLow: 0, clvHigh: 0, expectedOrders: 0 });
    expect((await linesOf(out)).length).toBe(201);
  });

  it('two customers that buy daily', async () => {
    const day = (i: number): string => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
    const rows = Array.from({ length: 300 }, (_, i) => `A,${day(i)},10\nB,${day(i)},20\n`);
    const out = join(folder, 'o.csv');
    const report = await value(header + rows.join(''), { out });
    expect(report).toMatchObject({ customers: 2, orders: 600 });
    const { deducted, ...figures } = report.totals;
    expect(deducted).toBeNull();
    expect(Object.values(figures).every((figure) => Number.isFinite(figure))).toBe(true);
    expect(figures.expectedOrders).toBeGreaterThan(600);
    expect((await linesOf(out)).join('')).not.toMatch(/nan|inf/i);
  });

  it('a file with nothing, and one with nothing but a header', async () => {
    await expect(value('')).rejects.toMatchObject({ code: 'tabular.empty_file' });
    await expect(value(header)).rejects.toMatchObject({ code: 'tabular.header_only' });
  });

  it('columns that are not there or mean nothing', async () => {
    await expect(value(small, { source: { columns: { customer: 'Kunde' } } })).rejects.toMatchObject({
      code: 'valuation.column_missing',
    });
    await expect(value('a,b\nx,y\nz,w\n')).rejects.toMatchObject({ code: 'valuation.column_not_guessed' });
    await expect(
      value(small, { source: { columns: { date: '金额', amount: '金额' } } }),
    ).rejects.toMatchObject({
      code: 'valuation.not_dates',
    });
    await expect(
      value(small, { source: { columns: { amount: '客户编号', customer: '金额' } } }),
    ).rejects.toMatchObject({
      code: 'valuation.not_numbers',
    });
  });

  it('an ambiguous date is a question, and the answer is taken', async () => {
    const text = `${header}A,01/02/2024,10\nA,03/04/2024,20\nB,05/06/2024,5\n`;
    await expect(value(text)).rejects.toMatchObject({
      code: 'valuation.date_ambiguous',
      params: { formats: 'dmy, mdy' },
    });
    expect((await value(text, { source: { dateFormat: 'dmy' } })).asOf).toBe('2024-06-05');
    expect((await value(text, { source: { dateFormat: 'mdy' } })).asOf).toBe('2024-05-06');
  });

  it('mixed dates, full-width digits, thousands and bad rows: each is mended or named', async () => {
    const rejects = join(folder, 'r.csv');
    const text = [
      header.trimEnd(),
      'A,2024-01-01,10',
      'A,2024/2/1,"1,234.50"',
      'B,２０２４-０３-０１,２０',
      'B,2024-02-31,20',
      'C,2024-03-01,abc',
      ',2024-03-01,5',
      'D,2024-03-01,99999999999999',
      'D,2024-03-02,1e309',
      'E,2024-03-03,-5',
      'F,2024-03-03',
      '',
    ].join('\n');
    const report = await value(text, {
      rejects,
      source: { columns: { customer: '客户编号', date: '下单日期', amount: '金额' } },
    });
    expect(report.rows).toEqual({ read: 10, accepted: 4, rejected: 6 });
    expect((await linesOf(rejects)).slice(1).map((line) => line.split(',').slice(1, 4).join(' '))).toEqual([
      '5 2 tabular.date_impossible',
      '6 3 tabular.number_unreadable',
      '7 1 valuation.customer_missing',
      expect.stringMatching(/^8 3 (valuation.amount_too_large|tabular.number_too_long)$/),
      expect.stringMatching(/^9 3 tabular.number_/),
      expect.stringMatching(/^11 .*tabular.ragged_row$/),
    ]);
    expect(report.customers).toBe(2);
    expect(report.returns).toEqual({ lines: 1, amount: -5 });
    expect(report.returnsOnly).toEqual({ customers: 1, amount: -5, examples: ['E'] });
  });

  it('customers with returns alone have no row, are counted with what they brought back, and named', async () => {
    const out = join(folder, 'scores.csv');
    const lines = [
      'A,2024-01-01,10',
      'A,2024-02-01,12',
      'A,2024-02-05,-3',
      'B,2024-01-03,9',
      // Free samples are an order.
      'FREE,2024-01-04,0',
      'FREE,2024-01-05,-1',
      // The return eats up the order of the day.
      'EATEN,2024-01-05,7',
      'EATEN,2024-01-05,-7',
      'BACK,2024-01-06,-20',
      'BACK,2024-01-07,-22.5',
      'LATER,2024-01-08,-4',
      'LATER,2024-03-01,40',
    ];
    const report = await value(`${header}${lines.join('\n')}\n`, { out, settings: { asOf: '2024-02-10' } });
    expect(report.customers).toBe(3);
    expect(report.returnsOnly).toEqual({
      customers: 3,
      amount: -53.5,
      examples: ['BACK', 'EATEN', 'LATER'],
    });
    expect((await linesOf(out)).slice(1).map((line) => line.split(',')[0])).toEqual(['A', 'B', 'FREE']);
    const later = await value(`${header}${lines.join('\n')}\n`);
    expect(later.returnsOnly).toMatchObject({ customers: 2, examples: ['BACK', 'EATEN'] });
  });

  it('a file of returns alone is refused in words', async () => {
    await expect(value(`${header}A,2024-01-01,-10\nB,2024-02-01,-1\n`)).rejects.toMatchObject({
      code: 'valuation.no_orders',
    });
  });

  it('blanks around an id do not make another customer, case and width do', async () => {
    const report = await value(
      `${header}A,2024-01-01,10\n A,2024-01-02,10\nA ,2024-01-03,10\na,2024-01-01,1\nＡ,2024-01-01,1\n`,
    );
    expect(report.customers).toBe(3);
    expect(report.rows).toEqual({ read: 5, accepted: 5, rejected: 0 });
  });

  it('another currency than the rest is rejected, not added', async () => {
    const report = await value(
      '客户编号,下单日期,金额,币种\nA,2024-01-01,10,CNY\nA,2024-01-03,10,USD\nB,2024-01-03,10,人民币\n',
    );
    expect(report.rows).toEqual({ read: 3, accepted: 2, rejected: 1 });
    expect(report.rejects[0]!.code).toBe('valuation.other_currency');
  });

  it('margin takes the place of revenue where it is given', async () => {
    const text = '客户编号,下单日期,金额,毛利\nA,2024-01-01,100,10\nA,2024-02-01,100,30\n';
    expect((await value(text)).valueBasis).toBe('margin');
    const out = join(folder, 'o.csv');
    await value(text, { out });
    expect((await linesOf(out))[1]!.split(',')[7]).toBe('30.0');
    expect((await value(text, { source: { columns: { amount: '金额' } } })).valueBasis).toBe('revenue');
  });

  it('all rows bad: the rejects are written and the reason is said', async () => {
    const rejects = join(folder, 'r.csv');
    await expect(value(`${header},2024-01-01,1\n,2024-01-02,2\n`, { rejects })).rejects.toMatchObject({
      code: 'valuation.no_orders',
    });
    expect((await linesOf(rejects)).length).toBe(3);
  });

  it('as-of leaves later orders out and counts age up to it', async () => {
    const out = join(folder, 'o.csv');
    const settings = { asOf: '2024-01-29', timeUnit: 'week' } as const;
    const report = await value(small, { settings, out });
    expect(report).toMatchObject({ asOf: '2024-01-29', customers: 2, orders: 2 });
    expect((await linesOf(out))[1]!.split(',').slice(0, 8)).toEqual([
      'A',
      '2024-01-01',
      '2024-01-01',
      '1',
      '0',
      '0.0',
      '4.0',
      '0.0',
    ]);
    await expect(value(small, { settings: { calibrationEnd: '2030-01-01' } })).rejects.toMatchObject({
      code: 'valuation.calibration_outside',
    });
  });
});

describe('kinds of files', () => {
  it('reads GB18030, gzip, Parquet, workbooks and several files to the same figures', async () => {
    const wanted = await value(small);
    const figures = ({ customers, orders, totals, rows }: typeof wanted): unknown => ({
      customers,
      orders,
      totals,
      rows,
    });
    const gb = Buffer.concat([
      Buffer.from([
        0xbf, 0xcd, 0xbb, 0xa7, 0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xcf, 0xc2, 0xb5, 0xa5, 0xc8, 0xd5, 0xc6, 0xda,
        0x2c, 0xbd, 0xf0, 0xb6, 0xee, 0x0a,
      ]),
      Buffer.from(small.slice(header.length)),
    ]);
    expect(figures(await value(gb))).toEqual(figures(wanted));
    expect(figures(await value(gzipSync(small), { name: 'o.csv.gz' }))).toEqual(figures(wanted));

    const [first, second] = [join(folder, '1.csv'), join(folder, '2.csv')];
    await writeFile(first, `${header}A,2024-01-01,10\n`);
    await writeFile(second, '金额;客户编号;下单日期\n20;A;2024-02-01\n5;B;2024-01-15\n');
    expect(figures(await value([first, second]))).toEqual(figures(wanted));

    const engine = await openDuckDb({ tempFolder: folder, memoryMb: 200, threads: 1 });
    const parquet = join(folder, 'o.parquet');
    await engine.run(
      engine.dialect.copyToFile(
        "SELECT * FROM (VALUES ('A', DATE '2024-01-01', 10.0::DOUBLE), ('A', DATE '2024-02-01', 20), ('B', DATE '2024-01-15', 5)) AS t(customer_id, order_date, amount)",
        parquet,
        'parquet',
      ),
    );
    engine.close();
    expect(figures(await value([parquet]))).toEqual(figures(wanted));
    const whole = await readFile(parquet);
    await writeFile(parquet, whole.subarray(0, whole.length - 30));
    await expect(value([parquet])).rejects.toMatchObject({ code: 'tabular.parquet_broken' });
    whole.fill(0xff, 4, 60);
    await writeFile(parquet, whole);
    await expect(value([parquet])).rejects.toMatchObject({ code: 'tabular.parquet_broken' });

    const workbook = new exceljs.Workbook();
    const sheet = workbook.addWorksheet('订单');
    sheet.addRow(['客户编号', '下单日期', '金额']);
    sheet.addRow(['A', new Date(Date.UTC(2024, 0, 1)), 10]);
    sheet.addRow(['A', new Date(Date.UTC(2024, 1, 1)), 20]);
    sheet.addRow(['B', new Date(Date.UTC(2024, 0, 15)), 5]);
    const xlsx = join(folder, 'o.xlsx');
    await workbook.xlsx.writeFile(xlsx);
    expect(figures(await value([xlsx]))).toEqual(figures(wanted));
  });

  it('counts days of instants in the wanted zone', async () => {
    const text = `${header}A,2024-01-01T20:00:00Z,10\nA,2024-01-02T01:00:00Z,10\nA,2024-01-03T23:30:00+08:00,10\n`;
    expect(await value(text)).toMatchObject({
      orders: 2,
      firstOrderOn: '2024-01-02',
      lastOrderOn: '2024-01-03',
    });
    expect(await value(text, { source: { timeZone: 'UTC' } })).toMatchObject({
      orders: 3,
      firstOrderOn: '2024-01-01',
    });
  });

  it('makes an id that looks like a formula inert in CSV', async () => {
    const out = join(folder, 'o.csv');
    // Every printable character as the first one: whoever looks for suspects must not pass one by.
    const firsts = Array.from({ length: 94 }, (_, k) => String.fromCharCode(33 + k)).filter(
      (c) => !'"#,'.includes(c),
    );
    const others = [...firsts, '＝', '客'].map((first) => `${first}z`);
    const lines = ["=cmd|'/C calc'!A0", '-5', ...others].map((id) => `${id},2024-01-01,10\n`);
    await value(`${header}${lines.join('')}B,2024-01-02,1\n`, { out });
    const ids = (await linesOf(out)).slice(1).map((line) => line.split(',2024')[0]);
    const inert = others.map((id) => ('=+-@＝'.includes(id[0]!) ? `'${id}` : id));
    expect(ids.toSorted()).toEqual(["'=cmd|'/C calc'!A0", '-5', 'B', ...inert].toSorted());
  });
});

describe('trouble', () => {
  it('a full disk is said in words', async () => {
    for (const name of ['full.csv', 'full.parquet']) {
      const out = join(folder, name);
      await symlink('/dev/full', out);
      await expect(value(small, { out })).rejects.toMatchObject({ code: 'valuation.disk_full' });
    }
  });

  it('a folder that is not there, and a format that is not known', async () => {
    await expect(value(small, { out: join(folder, 'no/o.csv') })).rejects.toMatchObject({
      code: 'valuation.out_not_writable',
    });
    await expect(value(small, { out: join(folder, 'o.txt') })).rejects.toMatchObject({
      code: 'valuation.out_format',
    });
    expect(await readdir(folder)).toEqual(['orders.csv']);
  });

  it('an interruption leaves the old file and nothing half written', async () => {
    const out = join(folder, 'o.csv');
    await writeFile(out, 'old');
    for (const stage of ['read', 'features'] as const) {
      const abort = new AbortController();
      const work = value(small, {
        out,
        signal: abort.signal,
        onProgress: (at) => {
          if (at === stage) abort.abort();
        },
      });
      await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    }
    expect(await readFile(out, 'utf8')).toBe('old');
    expect((await readdir(folder)).sort()).toEqual(['o.csv', 'orders.csv']);
  });
});
