import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawBlueprint } from './blueprint.js';
import { dayOf, springFestival } from './calendar.js';
import { customersCsv, ordersCsv, productsCsv, truthCsv } from './company-csv.js';
import { demoDefaults, generateCompany, type Company } from './generate-company.js';
import { currencies, type OrderLine } from './order-lines.js';
import { drawPlan } from './plan.js';
import { drawTimeline } from './timeline.js';

const options = { ...demoDefaults, endOn: '2026-10-31' };
const company = generateCompany(options);
const customers = [...company.customers];
const lines = [...company.orderLines];
const truths = [...company.truth];
const sales = lines.filter((line) => line.kind === 'sale');

function yuan(line: OrderLine): number {
  const { yuan: rate, digits } = currencies[line.currency];
  return (line.amountMinor / 10 ** digits) * rate;
}

function hash(of: Company): string {
  const digest = createHash('sha256');
  for (const csv of [customersCsv, productsCsv, ordersCsv, truthCsv])
    for (const piece of csv(of)) digest.update(piece);
  return digest.digest('hex');
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

describe('a company', () => {
  it('is the same for the same options, byte for byte, and another for another seed', () => {
    const small = { ...options, customers: 300 };
    expect(hash(generateCompany(small))).toBe(hash(generateCompany(small)));
    // Written down when the process was last changed: another machine or release of Node must give the same bytes.
    expect(hash(generateCompany(small))).toBe(
      'db2322a158ed939d25c8ccebacbb33f5dbb4b1e296bcabf796f1c422da51f372',
    );
    expect(hash(generateCompany(small))).not.toBe(hash(generateCompany({ ...small, seed: 7 })));
  });

  it('has customers with codes, names and credit codes of their own', () => {
    expect(customers.length).toBe(2000);
    expect(new Set(customers.map((c) => c.customerNo)).size).toBe(2000);
    expect(new Set(customers.map((c) => c.name)).size).toBe(2000);
    const codes = customers.flatMap((c) => c.creditCode ?? []);
    expect(new Set(codes).size).toBe(codes.length);
    expect(customers.every((c) => (c.creditCode === null) === (c.country !== '中国'))).toBe(true);
  });

  it('sells in four industries, at home and abroad, in four currencies', () => {
    const shares = groupBy(customers, (c) => c.industry);
    expect([...shares.keys()].sort()).toEqual(['automation', 'catering', 'medical', 'office']);
    const abroad = customers.filter((c) => c.country !== '中国');
    expect(abroad.length / customers.length).toBeGreaterThan(0.03);
    expect(abroad.length / customers.length).toBeLessThan(0.12);
    expect(new Set(abroad.map((c) => c.country)).size).toBe(5);
    expect(new Set(lines.map((line) => line.currency)).size).toBe(4);
  });

  it('has one group with 200 subsidiaries and several small ones, each under an existing head', () => {
    const byCode = new Map(customers.map((c) => [c.customerNo, c]));
    const children = groupBy(
      customers.filter((c) => c.parentCustomerNo !== null),
      (c) => c.parentCustomerNo ?? '',
    );
    const sizes = [...children.values()].map((list) => list.length).sort((a, b) => b - a);
    expect(sizes[0]).toBe(200);
    expect(sizes.length).toBeGreaterThan(10);
    expect(sizes[1]).toBeLessThan(15);
    for (const [code, list] of children) {
      const head = byCode.get(code);
      expect(head?.parentCustomerNo).toBeNull();
      expect(list.every((c) => c.groupName === head?.name && c.customerNo > code)).toBe(true);
    }
  });

  it('has owners who exist, in their own team and department', () => {
    const byEmail = new Map(company.users.map((user) => [user.email, user]));
    const teams = new Map(company.teams.map((team) => [team.code, team]));
    expect(company.users.filter((user) => user.role === 'member').length).toBe(12);
    for (const customer of customers) {
      const owner = byEmail.get(customer.ownerEmail);
      const team = teams.get(owner?.teamCode ?? '');
      expect(owner?.role).toBe('member');
      expect(team?.name).toBe(customer.teamName);
      expect(teams.get(team?.parentCode ?? '')?.name).toBe(customer.departmentName);
    }
    expect(new Set(customers.map((c) => c.ownerEmail)).size).toBe(12);
  });

  it('draws two thirds of its revenue from a fifth of its customers', () => {
    const totals = [...groupBy(lines, (line) => line.customerNo).values()]
      .map((list) => list.reduce((sum, line) => sum + yuan(line), 0))
      .sort((a, b) => b - a);
    const all = totals.reduce((sum, value) => sum + value, 0);
    const top = totals.slice(0, 400).reduce((sum, value) => sum + value, 0);
    expect(top / all).toBeGreaterThan(0.62);
    expect(top / all).toBeLessThan(0.74);
  });

  it('goes quiet at the Spring Festival of every year', () => {
    const perDay = groupBy(sales, (line) => line.orderedOn);
    const total = (from: number, days: number) => {
      let count = 0;
      for (let day = from; day < from + days; day++)
        count += perDay.get(new Date(day * 86_400_000).toISOString().slice(0, 10))?.length ?? 0;
      return count;
    };
    for (const year of [2024, 2025, 2026]) {
      const festival = springFestival(year);
      expect(total(festival, 7)).toBeLessThan(0.12 * total(festival + 28, 7));
      expect(total(festival - 28, 14)).toBeGreaterThan(total(festival + 3, 14) * 1.6);
    }
  });
});

describe('orders', () => {
  const byOrder = groupBy(lines, (line) => line.orderNo);

  it('have one line a number, exact totals and whole minor units', () => {
    expect(new Set(lines.map((line) => `${line.orderNo}/${line.lineNo}`)).size).toBe(lines.length);
    const wrong = lines.filter(
      (line) =>
        line.amountMinor !== line.quantity * line.unitPriceMinor ||
        !Number.isSafeInteger(line.amountMinor) ||
        !Number.isSafeInteger(line.marginMinor) ||
        line.unitPriceMinor <= 0 ||
        Math.sign(line.quantity) !== (line.kind === 'sale' ? 1 : -1),
    );
    expect(wrong).toEqual([]);
  });

  it('belong to one customer and one day, inside the window, in a product that exists', () => {
    const products = new Set(company.products.map((product) => product.productNo));
    const mixed = [...byOrder.values()].filter(
      (list) =>
        new Set(list.map((line) => `${line.customerNo} ${line.orderedOn}`)).size > 1 ||
        new Set(list.map((line) => line.productNo)).size < list.length,
    );
    expect(mixed).toEqual([]);
    const outside = lines.filter(
      (line) =>
        !products.has(line.productNo) || line.orderedOn < company.startOn || line.orderedOn > company.endOn,
    );
    expect(outside).toEqual([]);
  });

  it('take back no more than was ordered, after it was ordered', () => {
    const back = lines.filter((line) => line.kind !== 'sale');
    expect(back.length).toBeGreaterThan(500);
    const taken = new Map<string, number>();
    for (const line of back) {
      const original = byOrder.get(line.originalOrderNo ?? '') ?? [];
      const sold = original.find((candidate) => candidate.productNo === line.productNo);
      const key = `${line.originalOrderNo} ${line.productNo}`;
      taken.set(key, (taken.get(key) ?? 0) - line.quantity);
      expect(sold?.customerNo).toBe(line.customerNo);
      expect(sold?.unitPriceMinor).toBe(line.unitPriceMinor);
      expect(taken.get(key)).toBeLessThanOrEqual(sold?.quantity ?? 0);
      expect(line.orderedOn >= (sold?.orderedOn ?? '9')).toBe(true);
      expect(line.kind === 'return' || line.quantity === -(sold?.quantity ?? 0)).toBe(true);
    }
  });

  it('come in customer order and by date within a customer', () => {
    const keys = lines.map((line) => `${line.customerNo} ${line.orderedOn}`);
    expect(keys.every((key, i) => i === 0 || (keys[i - 1] ?? '') <= key)).toBe(true);
  });
});

describe('the truth', () => {
  const ordersOf = groupBy(sales, (line) => line.customerNo);

  it('agrees with the orders: their number, first and last day, and none after a customer is lost', () => {
    for (const truth of truths) {
      const own = ordersOf.get(truth.customerNo) ?? [];
      const days = own.map((line) => line.orderedOn).sort();
      expect(new Set(own.map((line) => line.orderNo)).size).toBe(truth.orders);
      expect(days[0] ?? null).toBe(truth.firstOrderOn);
      expect(days.at(-1) ?? null).toBe(truth.lastOrderOn);
      expect(truth.dropoutOn ?? truth.lastOrderOn).toBe(truth.lastOrderOn);
      expect(truth.aliveAtEnd).toBe(truth.dropoutOn === null);
    }
  });

  it('tells every story, a good third of silence among them', () => {
    const stories = groupBy(truths, (truth) => truth.story);
    const rare = ['steady', 'growing', 'declining', 'seasonal', 'won-back', 'new', 'silent'].filter(
      (story) => (stories.get(story)?.length ?? 0) < 15,
    );
    expect(rare).toEqual([]);
    const silent = (stories.get('silent')?.length ?? 0) / truths.length;
    expect(silent).toBeGreaterThan(0.25);
    expect(silent).toBeLessThan(0.45);
    expect((stories.get('no-order')?.length ?? 0) / truths.length).toBeLessThan(0.02);
  });

  it('shows in the orders of those who grow, decline and come back', () => {
    const thirds = (story: string) => {
      const length = dayOf(company.endOn) - dayOf(company.startOn) + 1;
      const counts = [0, 0, 0];
      for (const truth of truths.filter((t) => t.story === story && t.firstOrderOn! < '2024-04-01'))
        for (const line of ordersOf.get(truth.customerNo) ?? []) {
          const third = Math.floor((3 * (dayOf(line.orderedOn) - dayOf(company.startOn))) / length);
          counts[third] = (counts[third] ?? 0) + 1;
        }
      return counts as [number, number, number];
    };
    const growing = thirds('growing');
    expect(growing[2]).toBeGreaterThan(1.4 * growing[0]);
    const declining = thirds('declining');
    expect(declining[2]).toBeLessThan(0.6 * declining[0]);
    const back = thirds('won-back');
    expect(back[1]).toBeLessThan(0.7 * back[0]);
    expect(back[2]).toBeGreaterThan(back[1]);
  });

  it('has margins and mean spends that the orders bear out', () => {
    const marginOf = new Map(truths.map((truth) => [truth.customerNo, truth.marginRate]));
    let expected = 0;
    let booked = 0;
    for (const line of sales) {
      const { yuan: rate, digits } = currencies[line.currency];
      booked += (line.marginMinor / 10 ** digits) * rate;
      expected += yuan(line) * (marginOf.get(line.customerNo) ?? 0);
    }
    expect(Math.abs(booked / expected - 1)).toBeLessThan(0.03);
  });
});

describe('a textbook company', () => {
  const textbook = {
    customers: 3000,
    months: 36,
    seed: 5,
    endOn: '2026-10-31',
    process: 'textbook' as const,
  };
  const blueprint = drawBlueprint(textbook);

  it('has as many orders as lambda asks for, at exponential gaps', () => {
    let gaps = 0;
    let expected = 0;
    let scaled = 0;
    let squares = 0;
    for (let index = 0; index < textbook.customers; index++) {
      const plan = drawPlan(blueprint, index);
      const { orderDays, dropoutOn } = drawTimeline(blueprint, plan);
      const first = orderDays[0] ?? blueprint.end;
      const last = dropoutOn ?? blueprint.end + 1;
      gaps += orderDays.length - 1;
      expected += ((last - first) / 7) * plan.lambdaPerWeek;
      // The shape of the gaps: of those that began at least eight mean gaps before the end, hardly one is cut off.
      for (let i = 1; i < orderDays.length; i++) {
        const from = orderDays[i - 1] ?? 0;
        if (((blueprint.end - from) / 7) * plan.lambdaPerWeek < 8) continue;
        const gap = (((orderDays[i] ?? 0) - from) / 7) * plan.lambdaPerWeek;
        scaled += gap / 1000;
        squares += (gap * gap) / 1000;
      }
    }
    expect(gaps).toBeGreaterThan(8000);
    // The number of orders less the exposure times lambda is a martingale with variance `expected`.
    expect(Math.abs(gaps - expected)).toBeLessThan(5 * Math.sqrt(expected));
    // E[gap^2] = 2 E[gap] for an exponential of mean 1; whole days blur it a little.
    expect(squares / scaled).toBeGreaterThan(1.85);
    expect(squares / scaled).toBeLessThan(2.15);
  });

  it('loses customers as often as their own chance says', () => {
    let tosses = 0;
    let expected = 0;
    let lost = 0;
    for (let index = 0; index < textbook.customers; index++) {
      const plan = drawPlan(blueprint, index);
      const { orderDays, dropoutOn } = drawTimeline(blueprint, plan);
      tosses += orderDays.length;
      expected += orderDays.length * plan.dropoutProbability;
      lost += dropoutOn === null ? 0 : 1;
    }
    expect(tosses).toBeGreaterThan(10_000);
    expect(Math.abs(lost - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });

  it('spends per order what the truth says', () => {
    const small = generateCompany({ ...textbook, customers: 1500 });
    const meanSpend = new Map(
      [...small.truth].map((truth) => [truth.customerNo, truth.meanSpendMinor / 100]),
    );
    let expected = 0;
    let seen = 0;
    for (const line of small.orderLines) {
      seen += yuan(line);
      if (line.lineNo === 1) expected += meanSpend.get(line.customerNo) ?? 0;
      expect(line.kind).toBe('sale');
    }
    expect(Math.abs(seen / expected - 1)).toBeLessThan(0.03);
  });
});

describe('options', () => {
  it.each([
    ['customers', { customers: 0 }],
    ['customers', { customers: 1.5 }],
    ['months', { months: 0 }],
    ['seed', { seed: 0.5 }],
    ['2026-02-30', { endOn: '2026-02-30' }],
    ['industryMix', { industryMix: {} }],
  ])('refuses a bad %s and names it', (word, bad) => {
    expect(() => generateCompany({ ...options, ...bad })).toThrow(word);
  });

  it('makes a company of one, and one of a single industry', () => {
    const one = generateCompany({ ...options, customers: 1 });
    expect([...one.customers].length).toBe(1);
    const medical = generateCompany({ ...options, customers: 200, industryMix: { medical: 1 } });
    expect(new Set([...medical.customers].map((c) => c.industry))).toEqual(new Set(['medical']));
  });

  it('keeps names unique when there are far more customers than trade names', () => {
    const many = generateCompany({ ...options, customers: 60_000, industryMix: { office: 1 } });
    const names = new Set<string>();
    for (const customer of many.customers) names.add(customer.name);
    expect(names.size).toBe(60_000);
  });
});

describe('CSV', () => {
  const small = generateCompany({ ...options, customers: 60 });

  it('adds up to the same money as the lines, in every currency', () => {
    const rows = [...ordersCsv(small)].join('').trimEnd().split('\n');
    const header = rows[0]?.split(',') ?? [];
    expect(header.slice(0, 4)).toEqual(['订单号', '行号', '订单日期', '客户编号']);
    const smallLines = [...small.orderLines];
    expect(rows.length - 1).toBe(smallLines.length);
    rows.slice(1).forEach((row, i) => {
      const cells = row.split(',');
      const line = smallLines[i];
      const digits = line?.currency === 'JPY' ? 0 : 2;
      expect(cells.length).toBe(header.length);
      expect(BigInt((cells[7] ?? '').replace('.', ''))).toBe(BigInt(line?.amountMinor ?? 0));
      expect((cells[7] ?? '').split('.')[1]?.length ?? 0).toBe(digits);
    });
  });

  it('has as many cells in every row as in the header', () => {
    for (const csv of [customersCsv, productsCsv, truthCsv]) {
      const rows = [...csv(small)].join('').trimEnd().split('\n');
      const columns = rows[0]?.split(',').length;
      for (const row of rows) expect(row.replaceAll(/"[^"]*"/g, '').split(',').length).toBe(columns);
    }
  });
});
