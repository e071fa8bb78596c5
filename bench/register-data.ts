import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { customerTokens } from '@kezi/server';
import type pg from 'pg';
import { from } from 'pg-copy-streams';

const cities =
  '上海 北京 深圳 广州 杭州 苏州 成都 武汉 南京 天津 重庆 宁波 青岛 无锡 长沙 郑州 佛山 济南 合肥 西安 福州 大连 厦门 昆明 沈阳 哈尔滨 长春 石家庄 南昌 贵阳 太原 兰州 海口 呼和浩特 乌鲁木齐'.split(
    ' ',
  );
const signs = Array.from(
  '星辰华宇恒信天成金源德润东方瑞和盛泰博远嘉禾明达中科新创海联云峰智慧安康鼎立宏图万隆永昌百川千禧启航凯旋腾飞卓越龙翔凤舞汇通银河',
);
const businesses =
  '电子科技 精密机械 自动化设备 餐饮管理 食品 生物医药 医疗器械 办公用品 信息技术 国际贸易 实业 建材 化工 纺织 汽车零部件 新能源 物流 文化传媒'.split(
    ' ',
  );
const forms = ['有限公司', '有限公司', '有限公司', '有限公司', '有限公司', '有限责任公司', '股份有限公司'];
export const industries = '制造 零售 批发 餐饮 医疗 教育 物流 能源 建筑 信息技术 金融 农业'.split(' ');
export const regions = cities;
export const segments = [
  'important-value',
  'important-develop',
  'important-retain',
  'important-win-back',
  'general-value',
  'general-develop',
  'general-retain',
  'general-win-back',
];

/** 100 teams with ten people each. */
const teams = 100;
const people = 1000;

/** Lehmer's generator with the factor of Park & Miller (1988): the same customers in every run. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
}

const at = <Item>(items: readonly Item[], share: number) => items[Math.floor(share * items.length)] as Item;

/** Days before 20 November 2026. */
const dayBefore = (days: number) =>
  new Date(Date.UTC(2026, 10, 20) - days * 86_400_000).toISOString().slice(0, 10);

interface Customer {
  customerId: number;
  customerNo: string;
  name: string;
  ownerId: number;
  teamId: number;
}

/** Large industries and cities first, values with a long tail, groups that go with value and silence. */
function* customers(
  count: number,
  firstUser: number,
): Generator<{ customer: Customer; fields: unknown[]; figures: unknown[] }> {
  const random = randomFrom(42);
  for (let i = 1; i <= count; i++) {
    const city = at(cities, random() ** 2);
    const trade = at(signs, random()) + at(signs, random()) + (random() < 0.3 ? at(signs, random()) : '');
    const name = `${city}${trade}${at(businesses, random() ** 2)}${at(forms, random())}`;
    const person = Math.floor(random() * people);
    const customerNo = `C${String(i).padStart(7, '0')}`;
    const customer = {
      customerId: i,
      customerNo,
      name,
      ownerId: firstUser + person,
      teamId: 1 + (person % teams),
    };
    const orders = 1 + Math.floor(-Math.log(1 - random()) * 12);
    const alive = Math.sqrt(random());
    const silent = Math.floor((1 - alive) * 700 + random() * 30);
    const normal = Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
    const spend = Math.exp(6 + 1.3 * normal);
    const clv = alive * orders * spend * 0.8;
    const recent = [120, 300, 450].filter((days) => silent >= days).length;
    const segment = segments[(clv > 4000 ? 0 : 4) + recent] ?? '';
    const figures = [orders, dayBefore(silent), spend, alive, alive * orders, clv, clv * 0.6, clv * 1.5];
    // Three in a hundred came after the last run.
    const scored =
      random() < 0.03 ? Array.from({ length: 10 }, () => '\\N') : [...figures, dayBefore(-60), segment];
    const fields = [
      i,
      customerNo,
      name,
      at(industries, random() ** 2),
      city,
      customer.ownerId,
      customer.teamId,
    ];
    yield { customer, fields, figures: scored };
  }
}

async function copy(database: pg.Client, into: string, lines: Iterable<string>): Promise<void> {
  function* blocks() {
    let block = '';
    for (const line of lines) {
      block += line;
      if (block.length > 1 << 18) {
        yield block;
        block = '';
      }
    }
    yield block;
  }
  await pipeline(Readable.from(blocks()), database.query(from(`copy ${into} from stdin`)));
}

/** Indexes are taken away and made again after the rows are there: a third of the time. */
export async function withoutIndexes(
  database: pg.Client,
  table: string,
  work: () => Promise<void>,
): Promise<void> {
  const { rows } = await database.query<{ name: string; definition: string; constraint: string | null }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition,
       (select conname from pg_constraint where conindid = i.indexrelid and contype = 'p') as constraint
     from pg_index i where i.indrelid = $1::text::regclass and not exists (
       select from pg_constraint where conindid = i.indexrelid and contype in ('f', 'u'))
       and not (i.indisprimary and $1::text <> 'customer_token')`,
    [table],
  );
  for (const { name, constraint } of rows) {
    await database.query(
      constraint ? `alter table ${table} drop constraint ${constraint}` : `drop index ${name}`,
    );
  }
  await work();
  await database.query(`set maintenance_work_mem = '512MB'`);
  for (const { definition, name, constraint } of rows) {
    await database.query(definition);
    if (constraint)
      await database.query(
        `alter table ${table} add constraint ${constraint} primary key using index ${name}`,
      );
  }
}

/** Fills the register of an empty database, as its administrator. */
export async function fillRegister(database: pg.Client, count: number): Promise<void> {
  await database.query(`insert into team (name) select 'team ' || n from generate_series(1, ${teams}) n`);
  const { rows } = await database.query<{ id: number }>(
    `insert into app_user (email, name, role, scope, team_id)
     select 'user' || n || '@example.com', 'user ' || n, 'member', 'own', 1 + (n % ${teams})
     from generate_series(0, ${people - 1}) n returning id`,
  );
  const firstUser = Math.min(...rows.map((row) => row.id));
  const who = 'customer_id, customer_no, name, industry, region, owner_id, team_id';
  const figures =
    'orders, last_order_on, monetary_value, p_alive, expected_orders, clv, clv_low, clv_high, next_order_on, rfm_segment';
  // The register is filled with its figures at once instead of following the customers first.
  await database.query('alter table customer disable trigger user');
  await copy(
    database,
    `customer (${who})`,
    (function* () {
      for (const { fields } of customers(count, firstUser)) yield `${fields.join('\t')}\n`;
    })(),
  );
  await database.query('alter table customer enable trigger user');
  await database.query(`select setval(pg_get_serial_sequence('customer', 'customer_id'), ${count})`);
  await withoutIndexes(database, 'register_entry', () =>
    copy(
      database,
      `register_entry (${who}, ${figures})`,
      (function* () {
        for (const each of customers(count, firstUser))
          yield `${[...each.fields, ...each.figures].join('\t')}\n`;
      })(),
    ),
  );
  await withoutIndexes(database, 'customer_token', () =>
    copy(
      database,
      'customer_token (token, customer_id)',
      (function* () {
        for (const { customer } of customers(count, firstUser)) {
          for (const token of customerTokens(customer)) yield `${token}\t${customer.customerId}\n`;
        }
      })(),
    ),
  );
  for (const table of ['customer', 'register_entry', 'customer_token', 'app_user', 'team'])
    await database.query(`vacuum analyze ${table}`);
}
