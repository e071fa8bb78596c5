import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@kezi/contract/errors';
import { sniffFile, type BadRow, type Row, type SniffedFile } from '@kezi/tabular';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeParquet } from './describe-parquet.js';
import { readParquetRows } from './read-parquet-rows.js';

let folder: string;
let instance: DuckDBInstance;
let duckdb: DuckDBConnection;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kezi parquet 文件-'));
  instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });
  duckdb = await instance.connect();
});
afterAll(async () => {
  duckdb.closeSync();
  instance.closeSync();
  await rm(folder, { recursive: true, force: true });
});

async function written(query: string, options = ''): Promise<string> {
  files += 1;
  const path = join(folder, `${files}.parquet`);
  await duckdb.run(`COPY (${query}) TO '${path}' (FORMAT parquet${options})`);
  return path;
}

async function described(path: string): Promise<SniffedFile> {
  return describeParquet(path, await sniffFile(path), 'orders', { tempFolder: folder });
}

async function read(path: string): Promise<{ rows: Row[]; bad: BadRow[] }> {
  const found: { rows: Row[]; bad: BadRow[] } = { rows: [], bad: [] };
  for await (const batch of readParquetRows(path, await sniffFile(path), { tempFolder: folder })) {
    found.rows.push(...batch.rows);
    found.bad.push(...batch.bad);
  }
  return found;
}

/** Seeded, so that a failure can be had again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('the cells of a Parquet file', () => {
  it.each([
    ["DATE '2024-02-29'", '2024-02-29'],
    ["TIMESTAMP '2024-01-02 03:04:05.5'", '2024-01-02T03:04:05.5'],
    ["TIMESTAMP_NS '2024-01-02 03:04:05.123456789'", '2024-01-02T03:04:05.123456789'],
    ["TIMESTAMPTZ '2024-01-02 03:04:05+08'", '2024-01-01T19:04:05Z'],
    ['CAST(1.1 AS DECIMAL(38,4))', '1.1000'],
    [
      'CAST(12345678901234567890123456789012345678 AS DECIMAL(38,0))',
      '12345678901234567890123456789012345678',
    ],
    ['CAST(0.1 AS DOUBLE) + CAST(0.2 AS DOUBLE)', '0.3'],
    ['CAST(1000234 AS DOUBLE)', '1000234'],
    ['CAST(1e20 AS DOUBLE)', '100000000000000000000'],
    ["CAST('nan' AS DOUBLE)", 'nan'],
    ['CAST(0.1 AS FLOAT)', '0.1'],
    ['9223372036854775807', '9223372036854775807'],
    ['true', 'true'],
    ["'客户''一'", "客户'一"],
    ["encode('客户')", '客户'],
    ['CAST(NULL AS VARCHAR)', ''],
    ['CAST(NULL AS DOUBLE)', ''],
    ["TIME '10:11:12'", '10:11:12'],
  ])('%s is %s', async (expression, text) => {
    const { rows, bad } = await read(await written(`SELECT ${expression} AS v, 'x' AS w`));
    expect(bad).toEqual([]);
    expect(rows).toEqual([{ line: 1, cells: [text, 'x'] }]);
  });

  it('have names, samples and guesses, whatever the names are', async () => {
    const path = await written(
      `SELECT 'C' || i AS "客户编号", DATE '2026-01-05' AS "下单日期", CAST(i AS DECIMAL(18,3)) AS "金额", i AS "ID", i AS "file_row_number"
       FROM range(1, 300) t(i)`,
    );
    const sniffed = await described(path);
    expect(sniffed.columns.map(({ name, guess, numeric }) => [name, guess?.field, numeric])).toEqual([
      ['客户编号', 'customerId', false],
      ['下单日期', 'orderDate', false],
      ['金额', 'amount', true],
      ['ID', undefined, true],
      ['file_row_number', undefined, true],
    ]);
    expect(sniffed.sampleRows).toHaveLength(200);
    expect(sniffed.columns[2]?.samples[0]).toBe('1.000');
  });

  it('come in the order of the file, through many row groups, every row once', async () => {
    const path = await written('SELECT i FROM range(300000) t(i)', ', ROW_GROUP_SIZE 10000');
    let next = 0;
    let bytes = 0;
    const sniffed = await sniffFile(path);
    const options = {
      tempFolder: folder,
      onBytes: (done: number) => {
        expect(done).toBeGreaterThanOrEqual(bytes);
        bytes = done;
      },
    };
    for await (const { rows } of readParquetRows(path, sniffed, options)) {
      for (const row of rows) {
        if (row.line !== next + 1 || row.cells[0] !== String(next)) throw new Error(`Row ${next} is wrong.`);
        next += 1;
      }
    }
    expect(next).toBe(300_000);
    expect(bytes).toBe(sniffed.sizeBytes);
  });
});

describe('bad rows of a Parquet file', () => {
  it('are those with bytes that are no text, and those with a NUL', async () => {
    const path = await written(
      String.raw`SELECT * FROM (VALUES (1, encode('好')), (2, '\xE5\xAE'::BLOB), (3, encode('a' || chr(0)))) t(n, v)`,
    );
    const { rows, bad } = await read(path);
    expect(rows).toEqual([{ line: 1, cells: ['1', '好'] }]);
    expect(bad.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 1, 'tabular.broken_encoding'],
      [3, 1, 'tabular.nul_byte'],
    ]);
  });
});

describe('a Parquet file that costs too much', () => {
  it('hands long rows on whole, among short ones, and in order', async () => {
    const path = await written(
      `SELECT i, CASE WHEN i % 700 < 3 THEN repeat('长', 200000) || i ELSE 'short' END AS v FROM range(5000) t(i)`,
    );
    const { rows } = await read(path);
    expect(rows.map((row) => row.cells[0])).toEqual(Array.from({ length: 5000 }, (_, i) => String(i)));
    const long = rows.filter((row) => row.cells[1]!.length > 100_000);
    expect(long.map((row) => row.line - 1)).toEqual(
      Array.from({ length: 5000 }, (_, i) => i).filter((i) => i % 700 < 3),
    );
    expect(long.every((row) => row.cells[1]!.endsWith(`长${row.cells[0]}`))).toBe(true);
  });

  it('takes little memory where a few bytes stand for gigabytes', async () => {
    // 10 kB stand for 1.2 GB. Ten batches are read, 160 MB of it.
    const path = await written(`SELECT repeat('客', 400000) AS v FROM range(1000)`);
    const before = process.memoryUsage().rss;
    let most = 0;
    let batches = 0;
    for await (const { rows } of readParquetRows(path, await sniffFile(path), { tempFolder: folder })) {
      expect(rows.length).toBeLessThan(32);
      most = Math.max(most, process.memoryUsage().rss - before);
      batches += 1;
      if (batches === 10) break;
    }
    expect(most).toBeLessThan(512e6);
  });

  it.each([
    ["SELECT repeat('x', 1100000) AS v, 1 AS n", 'tabular.cell_too_large'],
    ["SELECT repeat('x', 20000000) AS v, 1 AS n", 'tabular.line_too_large'],
    [
      `SELECT ${Array.from({ length: 2100 }, (_, i) => `1 AS c${i}`).join(', ')}`,
      'tabular.parquet_too_many_columns',
    ],
  ])('is refused: %#', async (query, code) => {
    await expect(described(await written(query))).rejects.toMatchObject({ code });
  });
});

describe('a Parquet file that cannot be a table', () => {
  it.each([
    ['SELECT 1 AS a, [1, 2] AS tags', 'tabular.parquet_nested', { column: 'tags' }],
    ["SELECT 1 AS a, {'x': 1} AS part", 'tabular.parquet_nested', { column: 'part' }],
    ["SELECT 1 AS a, map {'k': 1} AS pairs", 'tabular.parquet_nested', { column: 'pairs' }],
    ['SELECT 1 AS a WHERE false', 'tabular.header_only', {}],
  ])('is refused in words: %s', async (query, code, params) => {
    await expect(described(await written(query))).rejects.toMatchObject({ code, params });
  });

  it('is refused when it is encrypted', async () => {
    await duckdb.run(`SET force_mbedtls_unsafe = 'true'`);
    await duckdb.run(`PRAGMA add_parquet_key('k', '0123456789112345')`);
    const path = await written('SELECT 1 AS a', `, ENCRYPTION_CONFIG {footer_key: 'k'}`);
    await expect(described(path)).rejects.toMatchObject({ code: 'tabular.parquet_encrypted' });
  });

  it('is refused when it is cut off, and when its middle is missing', async () => {
    const whole = await readFile(await written('SELECT i, i * 2 AS n FROM range(50000) t(i)'));
    const cut = join(folder, 'cut.parquet');
    await writeFile(cut, whole.subarray(0, whole.length - 100));
    await expect(described(cut)).rejects.toMatchObject({ code: 'tabular.parquet_broken' });
    await writeFile(cut, Buffer.from('PAR1'));
    await expect(described(cut)).rejects.toMatchObject({ code: 'tabular.parquet_broken' });
    const hollow = Buffer.from(whole);
    hollow.fill(0xff, 1000, whole.length >> 1);
    await writeFile(cut, hollow);
    await expect(read(cut)).rejects.toMatchObject({ code: 'tabular.parquet_broken' });
  });

  it('never does worse than a refusal: 60 files with flipped bits and cut ends', async () => {
    const whole = await readFile(
      await written(
        `SELECT i, 'C' || i % 97 AS c, DATE '2026-01-01' + i::INTEGER AS d, i / 7 AS a FROM range(3000) t(i)`,
      ),
    );
    const next = random(20_261_122);
    const path = join(folder, 'mutated.parquet');
    let refused = 0;
    for (let round = 0; round < 60; round += 1) {
      const bytes = Buffer.from(whole);
      for (let flip = 0; flip < 1 + (round % 8); flip += 1) {
        const at = Math.floor(next() * bytes.length);
        bytes[at] = bytes[at]! ^ (1 << Math.floor(next() * 8));
      }
      const end = round % 5 === 0 ? Math.floor(next() * bytes.length) : bytes.length;
      await writeFile(path, bytes.subarray(0, Math.max(8, end)));
      const fault = await read(path).then(
        () => null,
        (error: unknown) => error,
      );
      if (fault !== null && !(fault instanceof CodedError)) throw fault;
      refused += fault === null ? 0 : 1;
    }
    expect(refused).toBeGreaterThan(10);
  }, 60_000);

  it('stops when it is told to', async () => {
    const path = await written('SELECT i FROM range(200000) t(i)');
    const stop = new AbortController();
    const reading = async () => {
      for await (const _ of readParquetRows(path, await sniffFile(path), {
        tempFolder: folder,
        signal: stop.signal,
      })) {
        stop.abort(new Error('enough'));
      }
    };
    await expect(reading()).rejects.toThrow('enough');
  });

  it('is refused when it changes between the look and the reading', async () => {
    const path = await written('SELECT 1 AS a');
    const sniffed = await sniffFile(path);
    await duckdb.run(`COPY (SELECT 1 AS a, 2 AS b) TO '${path}' (FORMAT parquet)`);
    const reading = async () => {
      for await (const _ of readParquetRows(path, sniffed, { tempFolder: folder })) {
        throw new Error('It was read.');
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: 'tabular.file_changed' });
  });
});
