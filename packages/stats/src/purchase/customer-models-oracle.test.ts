import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  contractSurvival,
  discountedResidualLifetime,
  type ContractModel,
} from '../contract/contract-value.js';
import { logLikelihoodBdw } from '../contract/bdw.js';
import { logLikelihoodSbg } from '../contract/sbg.js';
import { customerFuture, customerModel, customerModels, type CustomerModel } from './customer-models.js';

/** Values by make-reference.py: closed forms of the papers in mpmath at 40 digits and more. */
const reference = JSON.parse(
  readFileSync(resolve(import.meta.dirname, 'reference/customer-models.json'), 'utf8'),
) as Record<'pareto' | 'regular' | 'bgBb', [number[], number[]][]> & {
  contract: [[number, number, number, number[], number, number], number[]][];
};

/** Relative, or 1e-15 absolute for a likelihood of about zero. */
const expectClose = (actual: readonly number[], expected: readonly number[], relative: number): void => {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => {
    const most = relative * Math.abs(expected[i]!) + 1e-15;
    expect(Math.abs(value - expected[i]!), `[${i}] ${value} against ${expected[i]}`).toBeLessThan(most);
  });
};

/** A row of the reference: model, history, horizon, discount, and the values in the order of the script. */
interface Case {
  model: CustomerModel;
  history: [number, number, number];
  horizon: number;
  discount: number;
  n: number | null;
  expected: number[];
}
const parametersOf = (names: readonly string[], values: readonly number[]): Record<string, number> =>
  Object.fromEntries(names.map((name, i) => [name, values[i]!]));
const caseOf = (name: string, values: number[], rest: number[], expected: number[]): Case => {
  const names = customerModels[name as CustomerModel['name']].parameterNames;
  const [x, tx, T, horizon, discount, n = null] = rest as [number, number, number, number, number, number?];
  const model = customerModel({ name, parameters: parametersOf(names, values) });
  return { model, history: [x, tx, T], horizon, discount, n, expected };
};
const cases: Case[] = [
  ...reference.pareto.map(([row, expected]) => caseOf('pareto-nbd', row.slice(0, 4), row.slice(4), expected)),
  ...reference.regular.map(([row, expected]) => {
    const [k, shift, ...rest] = row as [number, number, ...number[]];
    const name = shift === 0 ? 'bg-cnbd-k' : 'mbg-cnbd-k';
    return caseOf(name, [k, ...rest.slice(0, 4)], rest.slice(4), expected);
  }),
  ...reference.bgBb.map(([row, expected]) => caseOf('bg-bb', row.slice(0, 4), row.slice(4), expected)),
];

describe('likelihood, P(alive), expected and discounted orders against closed forms', () => {
  it.each(cases)('$model.name $model.parameters $history', (given) => {
    const { model, history, horizon, discount, n, expected } = given;
    const future = customerFuture(model, ...history);
    const [x, tx, T] = history;
    const values = [
      customerModels[model.name].logLikelihood(model.parameters, {
        frequency: Float64Array.of(x),
        recency: Float64Array.of(tx),
        age: Float64Array.of(T),
      }),
      future.pAlive,
      future.expectedOrders(horizon),
      future.discountedOrders(discount),
    ];
    expectClose(n === null ? values : [...values, future.orderProbability(n, horizon)], expected, 1e-9);
  });
});

describe('sBG and BdW against their definitions', () => {
  it.each(reference.contract)('%j', (row, expected) => {
    const [alpha, beta, c, counts, renewals, discount] = row;
    const table = {
      period: Float64Array.from(counts, (_, t) => t),
      survivors: Float64Array.from(counts),
    };
    const model: ContractModel =
      c === 1
        ? { name: 'sbg', parameters: { alpha, beta } }
        : { name: 'bdw', parameters: { alpha, beta, c } };
    expectClose(
      [
        c === 1 ? logLikelihoodSbg({ alpha, beta }, table) : logLikelihoodBdw({ alpha, beta, c }, table),
        contractSurvival(model, 12),
        discountedResidualLifetime(model, renewals, discount),
      ],
      expected,
      1e-10,
    );
  });
});
