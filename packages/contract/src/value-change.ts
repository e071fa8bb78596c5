import { z } from 'zod';
import { day } from './page.js';

/** A customer's value as one run saw it. Money in major units of the base currency, as every model output. */
const valueAtRun = z.object({
  valuationRunId: z.int(),
  asOf: day,
  modelName: z.string(),
  clv: z.number(),
  clvLow: z.number(),
  clvHigh: z.number(),
  /** Null where the naive rule stood in for the model. */
  pAlive: z.number().nullable(),
  expectedOrders: z.number(),
  expectedSpend: z.number(),
  /** Days with an order up to the as-of day. */
  orderDays: z.int(),
  lastOrderOn: day.nullable(),
  /** Days from the last order to the as-of day. */
  silentDays: z.int().nullable(),
});

/**
 * One factor of the value in both runs, and what its change is worth. `orders` stands for survival and order rate together
 * where one of the runs used the naive rule, which knows nothing of survival.
 */
const valueChangePart = z.object({
  factor: z.enum(['survival', 'orderRate', 'orders', 'spend', 'kept']),
  before: z.number(),
  now: z.number(),
  /** Minor units; the parts add up to the change exactly. */
  contributionMinor: z.int(),
});

const runSetting = z.union([z.string(), z.number()]);

/** What became of a customer's value between the last two runs that are published. */
export const valueChange = z.object({
  /**
   * compared: both runs valued the customer. first-run: there is no run before. new: the run before had no value for the
   * customer. gone: the last run has none any more. not-valued: no run has one.
   */
  kind: z.enum(['compared', 'first-run', 'new', 'gone', 'not-valued']),
  currency: z.string(),
  before: valueAtRun.nullable(),
  now: valueAtRun.nullable(),
  /** Value now less value before, both rounded to minor units; null unless both are there. */
  changeMinor: z.int().nullable(),
  parts: z.array(valueChangePart),
  /** What the customer did after the first of the two days, up to the second. */
  between: z
    .object({
      days: z.int(),
      /** Order days that the run now counts and the one before did not; below 0 where orders were taken out. */
      newOrderDays: z.int(),
      /** Orders of these days, returns apart; null for a reader who may not see orders. */
      orders: z.int().nullable(),
      returns: z.int().nullable(),
      /** Orders less returns. */
      amountMinor: z.int().nullable(),
    })
    .nullable(),
  /** In what the two runs were set differently: part of the change then comes from there. */
  settings: z.array(
    z.object({
      name: z.enum(['model', 'timeUnit', 'horizon', 'discountRate', 'valueBasis']),
      before: runSetting,
      now: runSetting,
    }),
  ),
});

export type ValueAtRun = z.infer<typeof valueAtRun>;
export type ValueChangePart = z.infer<typeof valueChangePart>;
export type ValueChange = z.infer<typeof valueChange>;
