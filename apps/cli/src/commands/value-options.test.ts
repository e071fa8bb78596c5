import { describe, expect, it } from 'vitest';
import { readValueOptions, type ValueFlags } from './value-options.js';

const flags: ValueFlags = {
  timeZone: 'Asia/Shanghai',
  timeUnit: 'week',
  model: 'auto',
  discountRate: '0.10',
  format: 'json',
};

describe('options of kezi value', () => {
  it('become a request; what was not said stays open', () => {
    const { request, format } = readValueOptions(['a.csv'], {
      ...flags,
      customer: '2',
      unitPrice: 'price',
      horizon: '26',
    });
    expect(format).toBe('json');
    expect(request.source).toMatchObject({
      paths: ['a.csv'],
      columns: { customer: '2', unitPrice: 'price' },
    });
    expect(Object.keys((request.source as { columns: object }).columns)).toEqual(['customer', 'unitPrice']);
    expect(request.settings).toEqual({
      asOf: undefined,
      calibrationEnd: undefined,
      timeUnit: 'week',
      horizon: 26,
      model: 'auto',
      discountRate: 0.1,
      by: undefined,
      covariates: undefined,
      ridge: undefined,
      spend: undefined,
    });
  });

  it.each([
    ['--as-of', { asOf: '2024-02-30' }],
    ['--as-of', { asOf: '1/2/2024' }],
    ['--calibration-end', { calibrationEnd: 'soon' }],
    ['--horizon', { horizon: '-1' }],
    ['--horizon', { horizon: '' }],
    ['--model', { model: 'pareto' }],
    ['--time-unit', { timeUnit: 'year' }],
    ['--covariates', { covariates: 'a,,b' }],
    ['--ridge', { ridge: '-1' }],
    ['--spend-model', { spendModel: 'normal' }],
    ['--discount-rate', { discountRate: 'ten' }],
    ['--date-format', { dateFormat: 'ymd' }],
    ['--time-zone', { timeZone: 'Mars/Base' }],
    ['--encoding', { encoding: 'ebcdic' }],
    ['--cost-share', { costShare: '1.2' }],
    ['--credit-loss', { creditLoss: '-0.1' }],
    ['--cost-per-order', { costPerOrder: 'much' }],
    ['--format', { format: 'xml' }],
  ])('%s refuses %o', (option, bad) => {
    expect(() => readValueOptions(['a.csv'], { ...flags, ...bad })).toThrow(
      expect.objectContaining({
        code: 'valuation.bad_option',
        params: expect.objectContaining({ option }) as object,
      }),
    );
  });
});
