import { expect, it } from 'vitest';
import { exportColumns } from './export-button.js';

it('puts every column of the page into the file, the tier and the interval of a value among them', () => {
  expect(exportColumns(['name', 'clv', 'tier', 'monthlyAmountMinor', 'cf7'])).toEqual([
    'customerNo',
    'name',
    'clv',
    'clvLow',
    'clvHigh',
    'tierName',
    'cf7',
  ]);
});
