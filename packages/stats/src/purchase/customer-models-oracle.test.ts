import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bgBbFuture, logLikelihoodBgBb } from '../opportunity/bg-bb.js';
import {
  contractSurvival,
  discountedResidualLifetime,
  type ContractModel,
} from '../contract/contract-value.js';
import { logLikelihoodBdw } from '../contract/bdw.js';
import { logLikelihoodSbg } from '../contract/sbg.js';
import { logLikelihoodBgCnbdK, logLikelihoodMbgCnbdK } from './bg-cnbd-k.js';
import { logLikelihoodParetoNbd, paretoFuture } from './pareto-nbd.js';
import { regularFuture } from './regular-process.js';

/** Values by make-reference.py: closed forms of the papers in mpmath at 40 digits and more. */
const reference = JSON.parse(
  readFileSync(resolve(import.meta.dirname, 'reference/customer-models.json'), 'utf8'),
) as Record<'pareto' | 'regular' | 'bgBb', [number[], number[]][]> & {
  contract: [[number, number, number, number[], number, number], number[]][];
};

const one = (x: number, tx: number, T: number) => ({
  frequency: Float64Array.of(x),
  recency: Float64Array.of(tx),
  age: Float64Array.of(T),
});
/** Relative, or 1e-15 absolute for a likelihood of about zero. */
const expectClose = (actual: readonly number[], expected: readonly number[], relative: number): void => {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => {
    const most = relative * Math.abs(expected[i]!) + 1e-15;
    expect(Math.abs(value - expected[i]!), `[${i}] ${value} against ${expected[i]}`).toBeLessThan(most);
  });
};

describe('Pareto/NBD against the closed forms with 2F1 and U', () => {
  it.each(reference.pareto)('%j', (row, expected) => {
    const [r, alpha, s, beta, x, tx, T, horizon, discount, n] = row as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const parameters = { r, alpha, s, beta };
    const future = paretoFuture(parameters, x, tx, T);
    expectClose(
      [
        logLikelihoodParetoNbd(parameters, one(x, tx, T)),
        future.pAlive,
        future.expectedOrders(horizon),
        future.discountedOrders(discount),
        future.orderProbability(n, horizon),
      ],
      expected,
      2e-10,
    );
  });
});

describe('(M)BG/CNBD-k against integration over the order rate', () => {
  it.each(reference.regular)('%j', (row, expected) => {
    const [k, shift, r, alpha, a, b, x, tx, T, horizon, discount] = row as [
      number,
      0 | 1,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const parameters = { k, r, alpha, a, b };
    const logLikelihood = shift === 0 ? logLikelihoodBgCnbdK : logLikelihoodMbgCnbdK;
    const future = regularFuture(parameters, shift, x, tx, T);
    expectClose(
      [
        logLikelihood(parameters, one(x, tx, T)),
        future.pAlive,
        future.expectedOrders(horizon),
        future.discountedOrders(discount),
      ],
      expected,
      1e-9,
    );
  });
});

describe('BG/BB against the closed forms of the paper', () => {
  it.each(reference.bgBb)('%j', (row, expected) => {
    const [alpha, beta, gamma, delta, x, tx, n, horizon, discount] = row as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const parameters = { alpha, beta, gamma, delta };
    const future = bgBbFuture(parameters, x, tx, n);
    const { age: opportunities, ...rest } = one(x, tx, n);
    expectClose(
      [
        logLikelihoodBgBb(parameters, { ...rest, opportunities }),
        future.pAlive,
        future.expectedOrders(horizon),
        future.discountedOrders(discount),
      ],
      expected,
      1e-9,
    );
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
