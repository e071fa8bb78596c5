import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findRunningPostgres } from '@kezi/postgres';
import {
  checkCustomer,
  customerKeys,
  openScopedDb,
  readConfig,
  searchDuplicates,
  startServer,
} from '@kezi/server';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { randomFrom } from './register-data.js';

/*
 * A million customers compared with each other (goal: 120 s at most), and one that is being entered compared with a million
 * (goal: 50 ms at most). Floors, in the same run: PostgreSQL sorts and counts the same keys; one client reads one row by
 * its number. The names are made of few signs, so that many are near each other; one customer in a hundred is there twice,
 * in another writing.
 */

const count = Number(process.env['KEZI_BENCH_CUSTOMERS'] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'kezi-bench-duplicates-'));
process.env['KEZI_LOG_LEVEL'] = 'warn';
const server = await startServer(readConfig({ dataFolder: join(folder, 'data'), port: 0 }));
const running = await findRunningPostgres(join(folder, 'data', 'postgres'));
if (!running) throw new Error('PostgreSQL of the data folder is not to be found.');
const url = running.url.replace(/\/postgres$/, '/kezi');
const database = new pg.Client({ connectionString: url });
await database.connect();
const scoped = openScopedDb(url, 4, (error) => {
  throw error;
});
const everybody = { userId: 1, scope: 'all', teamIds: [] } as const;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

const cities =
  '上海 北京 深圳 广州 杭州 苏州 成都 武汉 南京 天津 重庆 宁波 青岛 无锡 长沙 郑州 佛山 济南 合肥 西安'.split(
    ' ',
  );
const signs = Array.from(
  '星辰华宇恒信天成金源德润东方瑞和盛泰博远嘉禾明达中科新创海联云峰智慧安康鼎立宏图万隆永昌百川千禧启航凯旋腾飞卓越龙翔凤舞汇通银河',
);
const businesses =
  '电子科技 精密机械 自动化设备 餐饮管理 食品 生物医药 医疗器械 办公用品 信息技术 国际贸易 实业 建材 化工 纺织 汽车零部件 新能源 物流 文化传媒'.split(
    ' ',
  );

/** A customer with its keys; every hundredth is the one before it in another writing. */
function* customers(): Generator<{ id: number; name: string; phone: string }> {
  const random = randomFrom(42);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? '';
  let before = '';
  for (let id = 1; id <= count; id++) {
    const city = pick(cities);
    const body = pick(signs) + pick(signs) + (random() < 0.5 ? pick(signs) : '') + pick(businesses);
    const name = id % 100 === 0 ? before : `${city}${body}有限公司`;
    before = `${body}（${city}）股份有限公司`;
    yield { id, name, phone: `1${3_000_000_000 + Math.floor(random() * 6_999_999_999)}` };
  }
}

async function copy(into: string, lines: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(lines), database.query(from(`copy ${into} from stdin`)));
}

/** Customers and their keys; the register is not asked. */
async function fill(): Promise<void> {
  await database.query('alter table customer disable trigger user');
  await copy(
    'customer (customer_id, customer_no, name)',
    (function* () {
      for (const { id, name } of customers()) yield `${id}\tC${id}\t${name}\n`;
    })(),
  );
  await database.query('alter table customer enable trigger user');
  const nothing = {
    legalName: null,
    shortName: null,
    creditCode: null,
    registryCountry: null,
    registryNo: null,
  };
  await copy(
    'customer_key (customer_id, key, region)',
    (function* () {
      for (const { id, name, phone } of customers()) {
        for (const { key, region } of customerKeys({ ...nothing, name, phones: [phone], addresses: [] })) {
          yield `${id}\t${key}\t${region}\n`;
        }
      }
    })(),
  );
}

/** The time below which a share of them lies. */
function quantile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)] ?? 0;
}

async function eachOf<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (const item of items) times.push((await seconds(() => work(item))) * 1000);
  return times;
}

try {
  const filled = await seconds(fill);
  await database.query('vacuum analyze customer_key');
  await database.query('analyze customer');
  const floor = await seconds(() =>
    database.query(
      'select count(*) from (select key, region, count(*) from customer_key group by 1, 2) keys',
    ),
  );
  let result = { customers: 0, pairs: 0, likely: 0, crowdedKeys: 0 };
  const searched = await seconds(async () => {
    result = await scoped.asSystem((db) => searchDuplicates(db, () => Promise.resolve()), {
      statementTimeoutMs: 0,
    });
  });
  console.log(
    `${result.customers} customers, one in a hundred twice; written with their keys in ${filled.toFixed(1)} s`,
  );
  console.log(
    `all compared in ${searched.toFixed(1)} s, ${(searched / floor).toFixed(1)} x floor (${floor.toFixed(1)} s): ` +
      `${result.pairs} pairs kept, ${result.likely} likely, ${result.crowdedKeys} keys left out as too crowded`,
  );
  const { rows } = await database.query<{ name: string; no: string }>(
    'select name, customer_no as no from customer where customer_id % 3331 = 7 order by customer_id limit 300',
  );
  const ask = (name: string) =>
    scoped.inScope(everybody, (db) =>
      checkCustomer(db, everybody, { name, phones: ['13812345678'], addresses: [] }),
    );
  await eachOf(rows.slice(0, 20), ({ name }) => ask(name));
  const asked = await eachOf(rows, ({ name }) => ask(name));
  const read = await eachOf(rows, ({ no }) =>
    database.query('select * from customer where customer_no = $1', [no]),
  );
  const [p50, p95] = [quantile(asked, 0.5), quantile(asked, 0.95)];
  console.log(
    `one compared with all: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ` +
      `${(p50 / quantile(read, 0.5)).toFixed(1)} x floor (${quantile(read, 0.5).toFixed(2)} ms)`,
  );
} finally {
  await scoped.close();
  await database.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
