import { join } from 'node:path';
import { lakeDetectors, orderDaysOf, withLake } from '@kezi/valuation';
import type { DetectorRow, WarningRow } from '@kezi/contract';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { lineOf, made, orderOf, publish } from '../../../testing/customer-records.js';
import { rounded, warningsIn } from '../../../testing/all-warnings.js';
import { testServer } from '../../../testing/test-server.js';
import { freshenLake } from '../../insight/valuation/index.js';
import { allDetectors } from './detector.js';
import { readDetectors } from './detector-settings.js';
import { dayOfLook, lookAtAll, looksOn } from './look-again.js';
import { lookFrom, runDetectors } from './run-detectors.js';

const server = await testServer();
const { users } = server;

/** Lehmer's generator with the factor of Park & Miller (1988): the same days in every run. */
let state = 20_261_122;
const random = (below: number): number => {
  state = (state * 48_271) % 2_147_483_647;
  return state % below;
};

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

let today = '2026-03-02';
const setToday = (day: string): void => {
  today = day;
  server.clock.set(`${day}T02:00:00Z`);
};
setToday(today);

const customers: number[] = [];
for (let i = 0; i < 16; i++) customers.push((await made(users.member)).customerId as number);
const anybody = (): number => customers[random(customers.length)]!;

const productId = await server.asSystem(async (db) => {
  const { product_id } = await db
    .insertInto('product')
    .values({ product_no: 'P-1', name: '轴承' })
    .returning('product_id')
    .executeTakeFirstOrThrow();
  return product_id;
});

/** Orders that come in leave this mark (import-orders.write.ts); those of the test are put into the table. */
async function order(customerId: number, on: string, sign = 1): Promise<void> {
  const amount = sign * (100_00 + random(400) * 100);
  const margin = { base_margin_minor: Math.round(amount * (0.1 + random(30) / 100)) };
  const orderId = await orderOf(server, customerId, on, amount, margin);
  await lineOf(server, orderId, customerId, random(3) === 0 ? null : productId, amount);
  await server.asSystem((db) =>
    db.insertInto('lake_dirty_customer').values({ customer_id: customerId }).execute(),
  );
}

/** Everything that a detector reads, written through the interface where it has one. */
const happenings: Record<string, () => Promise<unknown>> = {
  'an order': () => order(anybody(), today),
  'an order that came late': () => order(anybody(), dayAfter(today, -random(500))),
  'a return': () => order(anybody(), dayAfter(today, -random(40)), -1),
  'an order taken back': () =>
    server.asSystem(async (db) => {
      const { rows } = await sql<{ customerId: number }>`
        delete from customer_order where order_id = (
          select order_id from customer_order where customer_id = ${anybody()}::bigint order by ordered_on desc limit 1)
        returning customer_id as "customerId"`.execute(db);
      for (const { customerId } of rows)
        await db.insertInto('lake_dirty_customer').values({ customer_id: customerId }).execute();
    }),
  'a contact who leaves or will': () =>
    users.member.post(`/customers/${anybody()}/contacts`, {
      name: `联系人${random(1000)}`,
      decisionRole: 'decider',
      leftOn: dayAfter(today, random(100) - 80),
    }),
  'a contact who comes': () =>
    users.member.post(`/customers/${anybody()}/contacts`, { name: '赵总', decisionRole: 'decider' }),
  'a talk': () =>
    users.member.post(`/customers/${anybody()}/interactions`, {
      kind: 'call',
      summary: '例行回访',
      happenedAt: `${dayAfter(today, -random(90))}T02:00:00Z`,
    }),
  'a bill': () =>
    users.member.post(`/customers/${anybody()}/receivables`, {
      title: '货款',
      dueOn: dayAfter(today, random(30) - 20),
      amountMinor: 1000_00,
    }),
  'a bill that is paid': () =>
    server.asSystem((db) =>
      sql`update receivable set received_minor = amount_minor where receivable_id = (
        select max(receivable_id) from receivable where received_minor = 0)`.execute(db),
    ),
  'a contract': () =>
    users.member.post(`/customers/${anybody()}/contracts`, {
      contractNo: `HT-${random(1_000_000)}`,
      title: '年度框架',
      startsOn: dayAfter(today, random(60) - 40),
      endsOn: dayAfter(today, 30 + random(90)),
    }),
  'a competitor': () =>
    users.member.post(`/customers/${anybody()}/notes`, {
      kind: 'competitor',
      title: '对手甲',
      sharePercent: random(100),
      notedOn: dayAfter(today, -random(95)),
    }),
};

/** Tiers of the test, once there are some. */
let tierIds: number[] = [];
/** Detectors set anew since the last run: they look at everybody. */
const setAnew = new Set<string>();

async function set(detectorId: string, patch: Record<string, unknown>): Promise<void> {
  const { body: all } = await users.director.get<{ items: DetectorRow[] }>('/detectors');
  const { rowVersion } = all.items.find((one) => one.detectorId === detectorId)!;
  const { status, body } = await users.director.patch(`/detectors/${detectorId}`, {
    ...patch,
    confirmed: true,
    rowVersion,
  });
  expect([detectorId, status, body.isOn]).toEqual([detectorId, 200, true]);
  setAnew.add(detectorId);
}

const anyDetector = (): string => {
  const ids = ['overdue', 'payment-late', 'contact-gap', 'contract-ending', 'product-dropped', 'margin-fall'];
  return ids[random(ids.length)]!;
};

async function settleAny(how: string, body: Record<string, unknown>): Promise<void> {
  const { items } = (await users.director.get<{ items: WarningRow[] }>('/warnings?limit=50')).body;
  const one = items[random(Math.max(1, items.length))];
  if (one === undefined) return;
  const { status } = await users.director.post(`/warnings/${one.warningId}/${how}`, {
    ...body,
    rowVersion: one.rowVersion,
  });
  expect([how, status]).toEqual([how, 200]);
}

/** What people decide: thresholds, tiers, what becomes of a warning, who is one and the same. */
const decisions: Record<string, () => Promise<unknown>> = {
  'a threshold': () => set(anyDetector(), { threshold: 0.5 + random(10) / 10 }),
  'a threshold of a tier': () =>
    set(anyDetector(), {
      tiers: [
        { tierId: tierIds[0], isOn: true, threshold: 0.6 + random(12) / 10, dueDays: 1, play: null },
        { tierId: tierIds[1], isOn: random(3) > 0, threshold: null, dueDays: null, play: '先打电话' },
      ],
    }),
  'another tier': () =>
    server.asSystem((db) =>
      sql`update register_entry set tier_id = ${tierIds[random(2)]}::int where customer_id = ${anybody()}::bigint`.execute(
        db,
      ),
    ),
  'a warning put off': () => settleAny('snooze', { until: dayAfter(today, 1 + random(12)) }),
  'a warning dealt with': () => settleAny('handle', { outcome: 'kept' }),
  'a false alarm': () => settleAny('false-alarm', {}),
  'a merge': async () => {
    const [remaining, merged] = [customers[0]!, customers[1]!];
    if (customers.length < 14) return;
    const { body } = await users.director.get(`/customers/${remaining}/merge?mergedId=${merged}`);
    const { status } = await users.director.post(`/customers/${remaining}/merge`, {
      mergedId: merged,
      rowVersion: body.remaining.rowVersion,
      mergedRowVersion: body.merged.rowVersion,
      fields: {},
    });
    expect(status).toBe(201);
    customers.splice(1, 1);
  },
};

interface Look {
  customerId: number;
  score: number;
  valueAtRisk: number;
  evidence: Record<string, unknown>;
}

/** A tier with a limit of credit that one bill exceeds, and two customers who wait for an answer. */
async function promise(): Promise<void> {
  const set = await users.director.post('/tiers/sets', {
    name: '两级',
    tiers: [
      { name: '金牌', badge: 'medal' },
      { name: '其他', badge: 'circle' },
    ],
  });
  tierIds = set.body.tiers.map((tier: { tierId: number }) => tier.tierId);
  const tierId = tierIds[0]!;
  const promises = [{ tierId, quantity: 500 }];
  await users.director.post('/entitlements', { kind: 'credit-limit', name: '额度', promises });
  const { body } = await users.director.post('/entitlements', { kind: 'response', name: '响应', promises });
  await server.asSystem(async (db) => {
    await sql`update register_entry set tier_id = ${tierId}, tier_rank = 1`.execute(db);
    // Bills and answers that fall due one after the other, beside what is late already.
    await sql`
      insert into receivable (customer_id, owner_id, team_id, title, due_on, currency, amount_minor)
      select customer_id, owner_id, team_id, '货款', ${today}::date - 10 + (customer_id * 7 + k * 23)::int % 90, 'CNY', 1000 * k
      from customer, generate_series(1, 4) k`.execute(db);
    for (const [i, customer] of [...customers.slice(0, 2), ...customers.slice(0, 2)].entries()) {
      await sql`
        insert into service_clock (customer_id, owner_id, team_id, source, source_id, asked_at, response_entitlement_id,
          response_hours, respond_by)
        select customer_id, owner_id, team_id, 'need', ${i}::bigint, ${today}::date, ${body.entitlementId}::int, 2,
          ${dayAfter(today, 8 + 11 * i)}::date
        from customer where customer_id = ${customer}::bigint`.execute(db);
    }
  });
}

/** What each detector has kept, and what it says of everybody. */
async function kept(): Promise<Record<string, { kept: unknown; all: unknown }>> {
  return server.asSystem(async (db) => {
    const from = (await lookFrom(db, today))!;
    const found: Record<string, { kept: unknown; all: unknown }> = {};
    for (const set of await readDetectors(db)) {
      const { id } = set.detector;
      const columns = sql`customer_id as "customerId", score, value_at_risk as "valueAtRisk", evidence`;
      const one = await sql<Look>`
        select ${columns} from (${looksOn(set.detector, dayOfLook(set.detector, from))}) l order by 1`.execute(
        db,
      );
      const all = await sql<Look>`
        select ${columns} from (${await lookAtAll(db, set, from)}) l where score is not null order by 1`.execute(
        db,
      );
      found[id] = { kept: rounded(one.rows), all: rounded(all.rows) };
    }
    return found;
  });
}

/** A run as the job does it, without those that follow it. */
async function run(atAll = false, asSystem = server.asSystem, atNight = true) {
  const { signal } = new AbortController();
  const job = {
    jobId: 1,
    attempt: 1,
    userId: null,
    signal,
    report: () => Promise.resolve(),
    inScope: asSystem,
    asSystem,
  };
  return (await runDetectors(job, server.platform, { today, atAll, atNight }))!;
}

const sums = (counts: Awaited<ReturnType<typeof run>>): unknown =>
  rounded(Object.entries(counts).map(([id, count]) => ({ id, ...count, looked: null, milliseconds: null })));

/** What a run over everybody would do now: it is taken back. */
async function trialOfEverybody(): Promise<{ warnings: unknown; counts: unknown }> {
  const over = new Error('taken back');
  let found: { warnings: unknown; counts: unknown } | undefined;
  await server
    .asSystem(async (db) => {
      const counts = await run(true, (work) => work(db));
      found = { warnings: await warningsIn(db), counts: sums(counts) };
      throw over;
    })
    .catch((error: unknown) => {
      if (error !== over) throw error;
    });
  return found!;
}

it('looks again only where something may have changed, and says what it would say of everybody', async () => {
  for (const customerId of customers) {
    const gap = 8 + random(40);
    for (let ago = random(60); ago < 420; ago += gap + random(10))
      await order(customerId, dayAfter(today, -ago));
  }
  const scores = (fall: number) =>
    customers.map((customerId, i) => ({
      customerId,
      pAlive: i % 4 === 0 ? 0.9 - fall : 0.9,
      spend: 100,
      clv: 500 + 100 * i,
    }));
  await publish(server, today, scores(0));
  await publish(server, today, scores(0.5));
  await server.asSystem((db) => sql`update customer_score set last_order_on = ${today}::date`.execute(db));
  for (const { id } of allDetectors()) {
    const { status, body } = await users.director.patch(`/detectors/${id}`, {
      isOn: true,
      confirmed: true,
      rowVersion: 0,
    });
    expect([id, status, body.isOn]).toEqual([id, 200, true]);
  }
  // The most valuable, with whom nobody has spoken for long, and whose contract runs out.
  const best = customers.at(-1)!;
  await users.member.post(`/customers/${best}/interactions`, {
    kind: 'call',
    summary: '例行回访',
    happenedAt: `${dayAfter(today, -70)}T02:00:00Z`,
  });
  await users.member.post(`/customers/${best}/contracts`, {
    contractNo: 'HT-0',
    title: '年度框架',
    startsOn: dayAfter(today, -300),
    endsOn: dayAfter(today, 70),
  });
  await promise();
  const first = await run();
  expect(Object.values(first).map(({ looked }) => looked)).toEqual(allDetectors().map(() => null));
  const seen = new Set<string>();
  // Few at once, so that some are summed up.
  await set('overdue', { mostAtOnce: 2 });
  for (let step = 0; step < 16; step++) {
    for (const [all, most] of [
      [happenings, 7],
      [decisions, 3],
    ] as const) {
      const names = Object.keys(all);
      for (let i = random(most); i > 0; i--) await all[names[random(names.length)]!]!();
    }
    setToday(dayAfter(today, random(9)));
    if (random(3) > 0) await order(anybody(), today);
    const everybody = await trialOfEverybody();
    const counts = await run();
    expect({ step, counts: sums(counts) }).toEqual({ step, counts: everybody.counts });
    expect({ step, warnings: await server.asSystem(warningsIn) }).toEqual({
      step,
      warnings: everybody.warnings,
    });
    const looked = Object.entries(counts).filter(
      ([id]) => id !== 'spend-fall' && !setAnew.has(id) && counts[id]!.looked === null,
    );
    expect(looked).toEqual([]);
    setAnew.clear();
    for (const [id, { kept: one, all }] of Object.entries(await kept())) {
      expect({ step, id, looks: one }).toEqual({ step, id, looks: all });
      if ((all as unknown[]).length > 0) seen.add(id);
    }
  }
  expect([...seen].sort()).toEqual(
    allDetectors()
      .map(({ id }) => id)
      .filter((id) => id !== 'churn-model')
      .sort(),
  );
  // A day on which nothing happens: what grows is read off its line, and nobody is looked at again for it.
  setToday(dayAfter(today, 1));
  await order(customers[0]!, today);
  const quiet = await run();
  const over = await server.asSystem((db) =>
    sql<{
      count: number;
    }>`select count(*)::int as count from warning_look where grows_from is not null`.execute(db),
  );
  expect(over.rows[0]!.count).toBeGreaterThan(4);
  expect(quiet['overdue']!.looked).toBeLessThan(5);
  await publish(server, today, scores(0));
  expect((await run())['overdue']?.looked).toBeNull();
});

it('says of orders in PostgreSQL what it says of them in the lake', async () => {
  await freshenLake(server.platform, new AbortController().signal);
  const { lake: folder, temp: workFolder } = server.platform.folders;
  for (const detector of lakeDetectors) {
    const found = await server.asSystem(async (db) => {
      const from = (await lookFrom(db, today))!;
      const set = (await readDetectors(db)).find((one) => one.detector.id === detector.id)!;
      const { rows } = await sql<Look & { asOfDay: number; season: number[] }>`
        select l.customer_id as "customerId", l.score, l.evidence, (f.frame -> 'prepared' ->> 'asOfDay')::int as "asOfDay",
          f.frame -> 'prepared' -> 'season' as season
        from (${await lookAtAll(db, { ...set, threshold: 0.1 }, from)}) l, warning_frame f
        where f.detector_id = ${detector.id} and l.score is not null order by 1`.execute(db);
      return rows;
    });
    expect(found.length).toBeGreaterThan(0);
    const asOfDay = found[0]!.asOfDay ?? Date.parse(today) / 86_400_000;
    const inLake = await withLake({ folder, workFolder }, async (engine, lake) => {
      const lines = engine.dialect.parquet(lake.manifest.files.map(({ name }) => join(folder, name)));
      const relation = `${orderDaysOf({ lines, totals: { returnLines: 1, freeLines: 1 } })} AS days`;
      const query = detector.query({ relation, asOfDay, season: found[0]!.season ?? [] });
      const [id, score, ...evidence] = await engine.numbers(
        `SELECT CAST(customer_id AS DOUBLE), score, * EXCLUDE (customer_id, score, yardstick) FROM (${query}) AS q`,
      );
      return new Map(
        Array.from(id!, (customerId, i) => [customerId, [score![i], ...evidence.map((column) => column[i])]]),
      );
    });
    for (const { customerId, score, evidence } of found) {
      const figures = [score, ...detector.evidence.map((name) => evidence[name] as number)];
      const others = inLake.get(customerId)!;
      figures.forEach((figure, i) => expect(figure).toBeCloseTo(others[i]!, 6));
    }
  }
});
