import { fitPurchaseModel, type PurchaseModelChoice } from '@kezi/stats';
import { describe, expect, it } from 'vitest';
import { chooseRule } from './choose-rule.js';

const choice: PurchaseModelChoice = {
  ...fitPurchaseModel({
    frequency: new Float64Array(0),
    recency: new Float64Array(0),
    age: new Float64Array(0),
  }),
  model: { name: 'bg-nbd', parameters: { r: 1, alpha: 1, a: 1, b: 1 } },
  reason: null,
};
choice.fit.converged = true;

type Tested = NonNullable<Parameters<typeof chooseRule>[1]>;

const errors = (totalError: number): Tested['model'] => ({
  total: 0,
  totalError,
  meanAbsoluteError: 0,
  rootMeanSquareError: 0,
  weightedMape: 0,
  correlation: 0,
  rankCorrelation: 0,
});
const tested = (better: 'model' | 'naive', model: number, naive: number, actualTotal = 1000): Tested => ({
  actualTotal,
  model: errors(model),
  naive: errors(naive),
  betterError: better,
});

describe('which rule gives the figures', () => {
  it('the model, when nothing speaks against it', () => {
    expect(chooseRule(choice, null).name).toBe('bg-nbd');
    expect(chooseRule(choice, tested('model', 0.3, 0.1)).name).toBe('bg-nbd');
  });

  it('the model, when it is worse a customer but better in total', () => {
    expect(chooseRule(choice, tested('naive', -0.1, 0.3)).name).toBe('bg-nbd');
  });

  it('the naive rule, when the back-test is worse in both', () => {
    expect(chooseRule(choice, tested('naive', -0.4, 0.3))).toMatchObject({
      name: 'naive',
      naiveReason: 'backtest-worse-than-naive',
    });
  });

  it('a hold-out with hardly any orders decides nothing', () => {
    expect(chooseRule(choice, tested('naive', -0.4, 0.3, 10)).name).toBe('bg-nbd');
  });

  it('the naive rule with the reason, when there is no model, it did not converge, or there are too few', () => {
    expect(chooseRule({ ...choice, model: null, reason: 'no-repeat-orders' }, null)).toMatchObject({
      naiveReason: 'no-repeat-orders',
    });
    expect(chooseRule({ ...choice, reason: 'too-few-repeaters' }, null).name).toBe('naive');
    const fit = {
      ...choice.fit,
      converged: false,
      reason: 'parameter-at-edge',
    } as PurchaseModelChoice['fit'];
    expect(chooseRule({ ...choice, fit }, null)).toMatchObject({
      name: 'naive',
      naiveReason: 'parameter-at-edge',
    });
  });

  it('NBD stays, when no dropout can be seen', () => {
    const nbd: PurchaseModelChoice = {
      ...choice,
      model: { name: 'nbd', parameters: { r: 1, alpha: 1 } },
      reason: 'no-dropout-visible',
    };
    expect(chooseRule(nbd, null).name).toBe('nbd');
  });
});
