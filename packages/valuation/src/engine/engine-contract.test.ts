import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDuckDb } from './duckdb/open-duckdb.js';
import type { Chunk, Engine, OpenEngine } from './engine.js';

/** Every adapter passes this suite; a new one adds a line here. */
const adapters: { name: string; open: OpenEngine }[] = [{ name: 'duckdb', open: openDuckDb }];

describe.each(adapters)('engine contract: $name', ({ open }) => {
  let folder: string;
  let engine: Engine;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kezi engine 引擎-'));
    engine = await open({ tempFolder: folder, memoryMb: 200, threads: 2 });
  });
  afterEach(async () => {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  const all = async (sql: string): Promise<(string | null)[][]> => {
    const chunks: Chunk[] = [];
    for await (const chunk of engine.stream(sql)) chunks.push(chunk);
    return chunks.flatMap((chunk) =>
      Array.from({ length: chunk.size }, (_, i) => chunk.columns.map((column) => column[i] as string | null)),
    );
  };

  it('keeps numbers, texts and nulls through append and stream', async () => {
    await engine.append('t', [
      { name: 'd', type: 'double', values: Float64Array.of(1.5, Number.NaN) },
      { name: 'i', type: 'integer', values: Float64Array.of(-3, 4) },
      { name: 'b', type: 'bigint', values: Float64Array.of(9_007_199_254_740_991, 0) },
      { name: 's', type: 'text', values: ["客户'一个很长的名字，超过十二个字节", null] },
    ]);
    expect(await all('SELECT d, CAST(i AS DOUBLE), CAST(b AS DOUBLE), s FROM t ORDER BY i')).toEqual([
      [1.5, -3, 9_007_199_254_740_991, "客户'一个很长的名字，超过十二个字节"],
      [Number.NaN, 4, 0, null],
    ]);
    await engine.append('t', [
      { name: 'd', type: 'double', values: Float64Array.of(1) },
      { name: 'i', type: 'integer', values: Float64Array.of(1) },
      { name: 'b', type: 'bigint', values: Float64Array.of(1) },
      { name: 's', type: 'text', values: ['x'] },
    ]);
    expect((await engine.numbers('SELECT CAST(count(*) AS DOUBLE) FROM t'))[0]).toEqual(Float64Array.of(3));
  });

  it('appends more rows than a chunk holds, in order', async () => {
    const values = Float64Array.from({ length: 10_000 }, (_, i) => i);
    await engine.append('many', [{ name: 'n', type: 'integer', values }]);
    expect((await engine.numbers('SELECT CAST(n AS DOUBLE) FROM many ORDER BY n'))[0]).toEqual(values);
  });

  it('streams while other statements run', async () => {
    await engine.append('source', [
      { name: 'n', type: 'integer', values: Float64Array.from({ length: 9000 }, (_, i) => i) },
    ]);
    let rows = 0;
    for await (const chunk of engine.stream('SELECT CAST(n AS DOUBLE) FROM source')) {
      rows += chunk.size;
      await engine.append('copy', [{ name: 'n', type: 'double', values: chunk.columns[0] as Float64Array }]);
    }
    expect(rows).toBe(9000);
    expect((await engine.numbers('SELECT sum(n) FROM copy'))[0]![0]).toBe((8999 * 9000) / 2);
  });

  it('says so when a stream breaks off in the middle, by a fault or an abort', async () => {
    const abort = new AbortController();
    const { signal } = abort;
    const other = await open({ tempFolder: folder, memoryMb: 200, threads: 1, ordered: true, signal });
    await other.run('CREATE TABLE source AS SELECT * FROM range(200000) t(n)');
    let rows = 0;
    const read = async (value: string, stopAt: number) => {
      rows = 0;
      for await (const chunk of other.stream(`SELECT CAST(${value} AS DOUBLE) FROM source`)) {
        rows += chunk.size;
        if (rows > stopAt) abort.abort(new Error('enough'));
      }
    };
    const odd = "CASE WHEN n = 150000 THEN 'odd' ELSE CAST(n AS VARCHAR) END";
    await expect(read(odd, Infinity)).rejects.toThrow(/Could not convert string 'odd'/);
    expect(rows).toBeGreaterThan(0);
    const full = "CASE WHEN n = 150000 THEN error('IO Error: No space left on device') ELSE n END";
    await expect(read(full, Infinity)).rejects.toMatchObject({ code: 'valuation.disk_full' });
    expect(rows).toBeGreaterThan(0);
    await expect(read('n', 10_000)).rejects.toThrow('enough');
    expect(rows).toBeLessThan(200_000);
    other.close();
  });

  it('runs statements side by side and reports each', async () => {
    await engine.run('CREATE TABLE log (n DOUBLE)');
    const seen: number[] = [];
    const statements = Array.from({ length: 20 }, (_, i) => `INSERT INTO log SELECT ${i}`);
    await engine.runEach(statements, (done) => seen.push(done));
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect((await engine.numbers('SELECT sum(n) FROM log'))[0]![0]).toBe(190);
    await expect(engine.runEach(['SELECT 1', 'SELECT nonsense'])).rejects.toThrow(/nonsense/);
    await engine.run('SELECT 1');
  });

  it('reads CSV with types, quotes and nulls, and fails on a value that does not fit', async () => {
    const path = join(folder, 'a b.csv');
    await writeFile(path, 'id,d,a\n"x,1",2024-02-29 08:00:00,-1.25\n,2024-03-01,3\n');
    const relation = engine.dialect.csv({
      path,
      delimiter: ',',
      quote: '"',
      header: true,
      gzip: false,
      columns: [
        { name: 'id', type: 'text' },
        { name: 'd', type: 'date' },
        { name: 'a', type: 'amount' },
      ],
    });
    const day = engine.dialect.dayText(engine.dialect.dayNumber('d'));
    expect(await all(`SELECT id, ${day}, CAST(a AS DOUBLE) FROM ${relation} ORDER BY a`)).toEqual([
      ['x,1', '2024-02-29', -1.25],
      [null, '2024-03-01', 3],
    ]);
    await writeFile(path, 'id,d,a\nx,2024-02-30,1\n');
    await expect(all(`SELECT CAST(a AS DOUBLE), d FROM ${relation}`)).rejects.toThrow(/2024-02-30/);
  });

  it('multiplies quantity and price exactly and rounds half away from zero', async () => {
    const amount = engine.dialect.lineAmountMinor('q', 'p');
    const value = async (q: string, p: string): Promise<number> =>
      (
        await engine.numbers(
          `SELECT CAST(${amount} AS DOUBLE) FROM (SELECT ${engine.dialect.tryCast(`'${q}'`, 'factor')} AS q, ${engine.dialect.tryCast(`'${p}'`, 'factor')} AS p)`,
        )
      )[0]![0]!;
    expect(await value('3', '0.335')).toBe(101);
    expect(await value('1', '1.005')).toBe(101);
    expect(await value('-1', '1.005')).toBe(-101);
    expect(await value('-80995', '2.08')).toBe(-16_846_960);
    expect(await value('0', '-5')).toBe(0);
    expect(await value('100000', '10000')).toBeNaN();
    expect(await value('999999999999', '0.000001')).toBeNaN();
  });

  it('casts, trims and counts days', async () => {
    const { dialect } = engine;
    const one = async (expression: string): Promise<string | number | null> =>
      (await all(`SELECT ${expression}`))[0]![0]!;
    expect(await one(`CAST(${dialect.tryCast("'x'", 'amount')} AS DOUBLE)`)).toBeNaN();
    expect(await one(dialect.trimmed("' \u3000A B\t'"))).toBe('A B');
    for (const [text, has] of [
      ['A B', 0],
      ['', 0],
      [' A', 1],
      ['A\u3000', 1],
      ['\tA', 1],
      ['A\r\n', 1],
      ['A\u00a0', 0],
    ] as const) {
      const value = dialect.text(text);
      expect(await one(`CASE WHEN ${dialect.hasBlankEnds(value)} THEN 1e0 ELSE 0e0 END`)).toBe(has);
      expect(await one(`CASE WHEN ${value} <> ${dialect.trimmed(value)} THEN 1e0 ELSE 0e0 END`)).toBe(has);
    }
    expect(await one(`CAST(${dialect.dayNumber("DATE '1970-01-02'")} AS DOUBLE)`)).toBe(1);
    expect(
      await one(`CAST(${dialect.dayNumber(dialect.dateByPattern("'19691231'", '%Y%m%d'))} AS DOUBLE)`),
    ).toBe(-1);
    expect(await one(dialect.instantSecond("'1970-01-01T08:00:10+08:00'"))).toBe(10);
    expect(await one(dialect.instantSecond("'1970-01-01T00:00:10Z'"))).toBe(10);
    expect(await one(dialect.text("it's"))).toBe("it's");
    // The square of 94,906,267 is odd and above 2^53: sums of doubles would depend on the order.
    const squares = dialect.sumOfSquares('x');
    const rows = '(VALUES (CAST(94906267 AS DOUBLE)), (1), (-1)) AS t(x)';
    expect((await all(`SELECT ${squares} FROM ${rows}`))[0]![0]).toBe(Number(94906267n ** 2n + 2n));
  });

  it('cuts into buckets and reads them back', async () => {
    await engine.append('line', [
      { name: 'customer_id', type: 'text', values: Array.from({ length: 500 }, (_, i) => `C${i}`) },
      { name: 'n', type: 'integer', values: new Float64Array(500).fill(2) },
    ]);
    const bucket = engine.dialect.bucketOf('customer_id', 8);
    const out = join(folder, 'out');
    await engine.run(
      engine.dialect.copyToBuckets(`SELECT *, ${bucket} AS bucket FROM line`, out, { compact: true }),
    );
    const buckets = await readdir(out);
    expect(buckets.length).toBe(8);
    const paths: string[] = [];
    for (const name of buckets)
      for (const file of await readdir(join(out, name))) paths.push(join(out, name, file));
    const relation = engine.dialect.parquet(paths);
    expect(
      (
        await engine.numbers(
          `SELECT sum(n), CAST(count(*) AS DOUBLE) FROM (SELECT CAST(n AS DOUBLE) AS n FROM ${relation})`,
        )
      ).map((c) => c[0]),
    ).toEqual([1000, 500]);
    expect(await engine.columns(relation)).toEqual([
      { name: 'customer_id', kind: 'text' },
      { name: 'n', kind: 'number' },
    ]);
    const numbered = engine.dialect.parquet([paths[0]!], true);
    expect((await engine.numbers(`SELECT CAST(min(_line) AS DOUBLE) FROM ${numbered}`))[0]![0]).toBe(1);
  });

  it('writes CSV with a header, and says so when the disk is full', async () => {
    await engine.run(engine.dialect.copyToFile("SELECT 1 AS a, '客' AS b", join(folder, 'o.csv'), 'csv'));
    expect(
      await all(
        `SELECT b FROM ${engine.dialect.csv({
          path: join(folder, 'o.csv'),
          delimiter: ',',
          quote: '"',
          header: true,
          gzip: false,
          columns: [
            { name: 'a', type: 'integer' },
            { name: 'b', type: 'text' },
          ],
        })}`,
      ),
    ).toEqual([['客']]);
    await expect(
      engine.run(engine.dialect.copyToFile('SELECT 1 AS a', '/dev/full', 'csv')),
    ).rejects.toMatchObject({
      code: 'valuation.disk_full',
    });
  });

  it('stops at once when it is aborted, and stays stopped', async () => {
    const abort = new AbortController();
    const other = await open({ tempFolder: folder, memoryMb: 200, threads: 2, signal: abort.signal });
    const work = other.numbers(
      'SELECT CAST(count(*) AS DOUBLE) FROM range(100000000) AS a(x), range(1000) AS b(y) WHERE x * y % 7 = 1',
    );
    setTimeout(() => abort.abort(), 50);
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    await expect(other.run('SELECT 1')).rejects.toMatchObject({ name: 'AbortError' });
    other.close();
  });

  it('downloads nothing', async () => {
    await expect(engine.run("SELECT * FROM read_xlsx('x.xlsx')")).rejects.toThrow(/read_xlsx/);
    await expect(engine.run("SELECT * FROM 'https://localhost:9/x.parquet'")).rejects.toThrow(/http/);
  });
});
