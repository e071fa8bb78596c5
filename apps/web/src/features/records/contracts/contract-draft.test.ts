import { expect, it } from 'vitest';
import { draftOf, faultsOf, inputOf } from './contract-draft.js';

const typed = {
  ...draftOf(null, 'CNY'),
  contractNo: ' HT-1 ',
  title: '年度合同',
  startsOn: '2026-01-01',
  amount: '1,200.5',
};

it('goes to the server in minor units, without what was not said', () => {
  expect(faultsOf(typed)).toEqual([]);
  expect(inputOf(typed)).toMatchObject({
    contractNo: 'HT-1',
    amountMinor: 120050,
    minimumMinor: null,
    endsOn: null,
    terms: null,
  });
  expect(inputOf(typed)).not.toHaveProperty('noticeDays');
});

it('names every field that cannot be sent', () => {
  expect(faultsOf(draftOf(null, 'CNY'))).toEqual(['contractNo', 'title', 'startsOn']);
  const wrong = { ...typed, endsOn: '2025-01-01', amount: '1.234', minimum: 'x' };
  expect(faultsOf(wrong)).toEqual(['endsOn', 'amount', 'minimum']);
});
