import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  backtestReport,
  distinctTriples,
  expectedOrders,
  expectedOrdersOfNewCustomer,
  bgBbFuture,
  contractSurvival,
  customerFuture,
  expectedSpend,
  fitBgBb,
  fitBgNbd,
  fitGammaGamma,
  fitMbgNbd,
  fitParetoNbd,
  fitPurchaseModel,
  fitSbg,
  naiveOrders,
  orderProbability,
  rfmScores,
  type CustomerModel,
  type PurchaseModel,
} from './index.js';

/** Published figures; the ids and their sources stand in the list of reference figures beside the test data. */
const data = resolve(
  process.env['KEZI_TEST_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data'),
);
const cdnowFile = resolve(data, 'cdnow/CDNOW_sample.txt');
const spendFile = resolve(data, 'cdnow/cdnow_customers_summary_with_transactions.csv');
const retailFile = resolve(data, 'online_retail/online_retail_I.csv.gz');
const donationsFile = resolve(data, 'btyd_donations/donations_rf_matrix.csv');
const rfmFile = resolve(data, 'rfm_orders/rfm_data_orders.csv');

const day = (text: string): number => Date.parse(text) / 86_400_000;
const near = (actual: number, expected: number, relative: number): void =>
  expect(Math.abs(actual / expected - 1), `${actual} against ${expected}`).toBeLessThan(relative);

/** Customers of the sample: 39 weeks of calibration to 1997-09-30, 39 weeks of hold-out. */
function readCdnow() {
  const byCustomer = new Map<string, Map<number, number>>();
  for (const line of readFileSync(cdnowFile, 'utf8').trim().split('\n')) {
    const [, id, date, , amount] = line.trim().split(/\s+/) as [string, string, string, string, string];
    const days = byCustomer.get(id) ?? new Map<number, number>();
    byCustomer.set(id, days);
    const on = day(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`);
    days.set(on, (days.get(on) ?? 0) + Number(amount));
  }
  const end = day('1997-09-30');
  const customers = [...byCustomer.values()].map((days) => {
    const all = [...days.keys()].sort((a, b) => a - b);
    const seen = all.filter((on) => on <= end);
    const repeats = seen.slice(1);
    const spend = repeats.reduce((sum, on) => sum + days.get(on)!, 0);
    return {
      x: repeats.length,
      tx: (seen.at(-1)! - seen[0]!) / 7,
      age: (end - seen[0]!) / 7,
      spend: repeats.length > 0 ? spend / repeats.length : 0,
      holdOut: all.length - seen.length,
    };
  });
  const column = (key: keyof (typeof customers)[number]): Float64Array =>
    Float64Array.from(customers, (row) => row[key]);
  return {
    frequency: column('x'),
    recency: column('tx'),
    age: column('age'),
    monetaryValue: column('spend'),
    holdOut: column('holdOut'),
  };
}

describe.skipIf(!existsSync(cdnowFile))('CDNOW, published figures', () => {
  const customers = existsSync(cdnowFile) ? readCdnow() : null!;
  const summary = existsSync(cdnowFile) ? distinctTriples(customers).summary : null!;
  const bg = existsSync(cdnowFile) ? fitBgNbd(summary) : null!;
  const mbg = existsSync(cdnowFile) ? fitMbgNbd(summary) : null!;
  const model = (): PurchaseModel => ({ name: 'bg-nbd', parameters: bg.parameters });
  const pareto = existsSync(cdnowFile) ? fitParetoNbd(summary) : null!;
  const newcomer = (parameters = pareto.parameters) =>
    customerFuture({ name: 'pareto-nbd', parameters }, 0, 0, 0);
  const meanAlive = (chosen: CustomerModel): number =>
    customers.frequency.reduce(
      (sum, x, i) => sum + customerFuture(chosen, x, customers.recency[i]!, customers.age[i]!).pAlive,
      0,
    ) / customers.frequency.length;

  it('C01 counts customers, repeat orders, triples and hold-out orders', () => {
    const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);
    expect(customers.frequency.length).toBe(2357);
    expect(sum(customers.frequency)).toBe(2457);
    expect(summary.frequency.length).toBe(1016);
    expect(sum(customers.holdOut)).toBe(1882);
    expect(sum(summary.weight)).toBe(2357);
  });

  it('C02 C03 fits BG/NBD', () => {
    expect(bg.converged).toBe(true);
    expect(bg.reason).toBeNull();
    near(bg.parameters.r, 0.24259, 1e-3);
    near(bg.parameters.alpha, 4.4136, 1e-3);
    near(bg.parameters.a, 0.79292, 1e-3);
    near(bg.parameters.b, 2.42589, 1e-3);
    expect(bg.logLikelihood).toBeGreaterThan(-9582.4292 - 0.001);
    expect(bg.logLikelihood).toBeLessThan(-9582.428);
  });

  it('C04 gives the standard errors', () => {
    const errors = bg.standardErrors!;
    near(errors.r, 0.012557, 2e-3);
    near(errors.alpha, 0.378224, 2e-3);
    near(errors.a, 0.185733, 2e-3);
    near(errors.b, 0.705407, 2e-3);
  });

  it('C06 expects the published number of orders for (2, 30.43, 38.86)', () => {
    const paper: PurchaseModel = {
      name: 'bg-nbd',
      parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
    };
    expect(Math.abs(expectedOrders(paper, 2, 30.43, 38.86, 39) - 1.226)).toBeLessThan(0.001);
  });

  it('C09 gives the published probabilities of counts', () => {
    const paper: PurchaseModel = {
      name: 'bg-nbd',
      parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
    };
    near(orderProbability(paper, 0, 39), 0.5737864, 1e-5);
    near(orderProbability(paper, 10, 2), 1.07869e-7, 1e-5);
  });

  it('C13 C18 expects the published numbers of orders under Pareto/NBD', () => {
    const longest = Math.max(...customers.age);
    const cumulative = [20, 21, 22, 23, 24, 25].map((week) =>
      customers.age.reduce(
        (sum, age) => sum + newcomer().expectedOrders(Math.max(0, week - longest + age)),
        0,
      ),
    );
    const published = [1308.856, 1385.275, 1459.923, 1532.906, 1604.32, 1674.253];
    published.forEach((value, i) => expect(Math.abs(cumulative[i]! - value)).toBeLessThan(0.3));
    const manual = newcomer({ r: 0.55, alpha: 10.56, s: 0.61, beta: 11.64 });
    const weekly = [
      0.05077821, 0.09916088, 0.14542507, 0.1897993, 0.23247466, 0.27361274, 0.31335159, 0.35181024,
      0.38909211,
    ];
    weekly.forEach((value, i) => near(manual.expectedOrders(i + 1), value, 1e-7));
  });

  it('C15 C16 fits Pareto/NBD', () => {
    expect(pareto.reason).toBeNull();
    near(pareto.parameters.r, 0.55327, 2e-3);
    near(pareto.parameters.alpha, 10.5778, 2e-3);
    near(pareto.parameters.s, 0.60602, 2e-3);
    near(pareto.parameters.beta, 11.6639, 2e-3);
    expect(pareto.logLikelihood).toBeGreaterThan(-9594.9762 - 0.001);
    expect(pareto.logLikelihood).toBeLessThan(-9594.976);
  });

  it('C27 has the published mean P(alive) under all three models', () => {
    expect(Math.abs(meanAlive({ name: 'pareto-nbd', parameters: pareto.parameters }) - 0.44627)).toBeLessThan(
      5e-4,
    );
    expect(Math.abs(meanAlive(model()) - 0.81344)).toBeLessThan(5e-4);
    expect(Math.abs(meanAlive({ name: 'mbg-nbd', parameters: mbg.parameters }) - 0.44872)).toBeLessThan(5e-4);
  });

  it('C28 fits MBG/NBD', () => {
    expect(mbg.converged).toBe(true);
    near(mbg.parameters.r, 0.52484, 1e-3);
    near(mbg.parameters.alpha, 6.18308, 1e-3);
    near(mbg.parameters.a, 0.89136, 1e-3);
    near(mbg.parameters.b, 1.614, 1e-3);
    expect(mbg.logLikelihood).toBeGreaterThan(-9582.1357 - 0.001);
  });

  it('chooses MBG/NBD by its higher likelihood when asked to choose', () => {
    const choice = fitPurchaseModel(summary);
    expect(choice.model?.name).toBe('mbg-nbd');
    expect(choice.reason).toBeNull();
    expect(choice.candidates.map((fit) => fit.name)).toEqual(['bg-nbd', 'mbg-nbd']);
  });

  it('C33 fits Gamma-Gamma on the 946 repeaters', () => {
    const fit = fitGammaGamma(customers);
    expect(fit.customers).toBe(946);
    expect(fit.converged).toBe(true);
    near(fit.parameters.p, 6.2494, 1e-3);
    near(fit.parameters.q, 3.7443, 1e-3);
    near(fit.parameters.v, 15.4443, 1e-3);
    expect(Math.abs(fit.logLikelihood - -4055.9177)).toBeLessThan(0.001);
    // Fader & Hardie 2013 report a correlation of 0.11 for these customers.
    expect(Math.abs(fit.correlation.pearson - 0.11)).toBeLessThan(0.01);
    expect(fit.warnings).toEqual([]);
  });

  it('C37 has the published hold-out errors', () => {
    const predicted = customers.frequency.map((x, i) =>
      expectedOrders(model(), x, customers.recency[i]!, customers.age[i]!, 39),
    );
    const naive = customers.frequency.map((x, i) => naiveOrders(x, customers.age[i]!, 39));
    const report = backtestReport({ actual: customers.holdOut, predicted, naive });
    expect(report.actualTotal).toBe(1882);
    near(report.model.total, 1653.41, 1e-3);
    near(report.model.meanAbsoluteError, 0.78545, 1e-3);
    near(report.model.rootMeanSquareError, 1.60798, 1e-3);
    near(report.model.correlation, 0.62565, 1e-3);
    expect(report.betterError).toBe('model');
  });

  it('C39 expects the published number of orders of a new customer', () => {
    near(expectedOrdersOfNewCustomer(model(), 52), 1.444, 1e-3);
    near(newcomer().expectedOrders(52), 1.4735, 1e-3);
  });

  it.skipIf(!existsSync(spendFile))('C34 has the published expected spend of the first ten customers', () => {
    const spend = { name: 'gamma-gamma', parameters: { p: 6.2494, q: 3.7443, v: 15.4443 } } as const;
    const rows = readFileSync(spendFile, 'utf8').trim().split('\n').slice(1, 11);
    const expected = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
    rows.forEach((line, i) => {
      const [, x, , , z] = line.split(',').map(Number) as [number, number, number, number, number];
      expect(Math.abs(expectedSpend(spend, x, z) - expected[i]!)).toBeLessThan(0.02);
    });
  });
});

describe.skipIf(!existsSync(donationsFile))('donations, published figures', () => {
  const rows = existsSync(donationsFile)
    ? readFileSync(donationsFile, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',').map(Number))
    : [];
  const column = (k: number): Float64Array => Float64Array.from(rows, (row) => row[k]!);
  const fit = fitBgBb({
    frequency: column(0),
    recency: column(1),
    opportunities: column(2),
    weight: column(3),
  });
  const future = (x: number, tx: number) => bgBbFuture(fit.parameters, x, tx, 6);

  it('D01 fits BG/BB', () => {
    expect(fit.reason).toBeNull();
    near(fit.parameters.alpha, 1.2035, 2e-3);
    near(fit.parameters.beta, 0.7497, 2e-3);
    near(fit.parameters.gamma, 0.6568, 2e-3);
    near(fit.parameters.delta, 2.7839, 2e-3);
    expect(Math.abs(fit.logLikelihood - -33225.5813)).toBeLessThan(0.01);
  });

  it('D03 has the published P(alive) in 2002', () => {
    expect(Math.abs(future(0, 0).pAlive - 0.11)).toBeLessThan(0.005);
    expect(Math.abs(future(2, 4).pAlive - 0.59)).toBeLessThan(0.005);
    expect(Math.abs(future(6, 6).pAlive - 0.93)).toBeLessThan(0.005);
  });

  it('D08 expects the published number of donations in ten years', () => {
    near(future(0, 0).expectedOrders(10), 0.13022, 5e-4);
    near(future(4, 5).expectedOrders(10), 3.62786, 5e-4);
  });
});

describe('contracts, published figures', () => {
  // Fader & Hardie 2007, table 1, High End: per cent of the cohort, years 0 to 7.
  const fit = fitSbg({
    period: Float64Array.from({ length: 8 }, (_, year) => year),
    survivors: Float64Array.of(1000, 869, 743, 653, 593, 551, 517, 491),
  });

  it('S01 fits sBG to the High End customers', () => {
    expect(fit.reason).toBeNull();
    near(fit.parameters.alpha, 0.668, 1e-3);
    near(fit.parameters.beta, 3.806, 1e-3);
    expect(Math.abs(fit.logLikelihood - -1611.158)).toBeLessThan(0.01);
  });

  it('S03 projects their survival', () => {
    [0.46, 0.436, 0.414, 0.395, 0.378].forEach((survival, i) => {
      const projected = contractSurvival({ name: 'sbg', parameters: fit.parameters }, 8 + i);
      expect(Math.abs(projected - survival)).toBeLessThan(6e-4);
    });
  });
});

describe.skipIf(!existsSync(rfmFile))('RFM, published figures', () => {
  it('Q01 gives the published scores', () => {
    const customers = new Map<string, { last: number; orders: number; amount: number }>();
    for (const line of readFileSync(rfmFile, 'utf8').trim().split('\n').slice(1)) {
      const [name, on, revenue] = line.split(',') as [string, string, string];
      const known = customers.get(name) ?? { last: 0, orders: 0, amount: 0 };
      customers.set(name, {
        last: Math.max(known.last, day(on)),
        orders: known.orders + 1,
        amount: known.amount + Number(revenue),
      });
    }
    const names = [...customers.keys()];
    const rows = [...customers.values()];
    const columns = {
      sinceLastOrder: Float64Array.from(rows, (row) => day('2006-12-31') - row.last),
      frequency: Float64Array.from(rows, (row) => row.orders),
      monetary: Float64Array.from(rows, (row) => row.amount),
    };
    const { scores } = rfmScores(columns);
    const of = (name: string): string => {
      const i = names.indexOf(name);
      const score = `${scores.recency[i]}${scores.frequency[i]}${scores.monetary[i]}`;
      return `${columns.sinceLastOrder[i]} ${columns.frequency[i]} ${columns.monetary[i]} ${score}`;
    };
    expect(of("Abbey O'Reilly")).toBe('205 6 472 343');
    expect(of('Add Senger')).toBe('140 3 340 412');
    expect(of('Aden Lesch')).toBe('194 4 405 323');
  });
});

describe.skipIf(!existsSync(retailFile))('Online Retail', () => {
  it('R01 R09 counts customers and their RFM; shows no dropout, says so and offers the NBD', () => {
    const customers = new Map<string, Set<number>>();
    const invoices = new Map<string, { last: number; numbers: Set<string>; amount: number }>();
    for (const line of gunzipSync(readFileSync(retailFile)).toString().split('\n').slice(1)) {
      // The description may hold commas: count fields from both ends.
      const fields = line.split(',');
      const [quantity, on, price, customer] = fields.slice(-5) as [string, string, string, string];
      const kept = customer && !fields[0]!.startsWith('C') && Number(quantity) > 0 && Number(price) > 0;
      if (!kept) continue;
      const days = customers.get(customer) ?? new Set<number>();
      customers.set(customer, days.add(day(on.slice(0, 10))));
      const known = invoices.get(customer) ?? { last: 0, numbers: new Set<string>(), amount: 0 };
      known.last = Math.max(known.last, day(on));
      known.numbers.add(fields[0]!);
      known.amount += Number(quantity) * Number(price);
      invoices.set(customer, known);
    }
    // R09: recency, frequency and amount at the beginning of 2011-12-10; recency in whole days that have passed.
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const median = (values: number[]): number => {
      const sorted = values.toSorted((a, b) => a - b);
      return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
    };
    const rfm = [...invoices.values()].map(({ last, numbers, amount }) => [
      Math.floor(day('2011-12-10') - last),
      numbers.size,
      amount,
    ]);
    [92.059474, 4.272015, 2054.26646].forEach((published, k) =>
      expect(Math.abs(mean(rfm.map((row) => row[k]!)) / published - 1)).toBeLessThan(1e-6),
    );
    [50, 2, 674.485].forEach((published, k) =>
      expect(Math.abs(median(rfm.map((row) => row[k]!)) / published - 1)).toBeLessThan(1e-6),
    );
    const end = Math.max(...[...customers.values()].map((days) => Math.max(...days)));
    const rows = [...customers.values()].map((days) => [...days].sort((a, b) => a - b));
    // R01: customers that remain after cleaning.
    expect(rows.length).toBe(4338);
    const choice = fitPurchaseModel({
      frequency: Float64Array.from(rows, (days) => days.length - 1),
      recency: Float64Array.from(rows, (days) => (days.at(-1)! - days[0]!) / 7),
      age: Float64Array.from(rows, (days) => (end - days[0]!) / 7),
    });
    expect(choice.candidates.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'bg-nbd: no-dropout-visible',
      'mbg-nbd: no-dropout-visible',
      'nbd: null',
    ]);
    expect(choice.model?.name).toBe('nbd');
    expect(choice.reason).toBe('no-dropout-visible');
  });
});
