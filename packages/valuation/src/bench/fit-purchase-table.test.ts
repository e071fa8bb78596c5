import { expect, it } from 'vitest';
import type { BenchTable } from './bench-table.js';
import { fittedKinds } from './fitted-kinds.js';

const columns = new Map([
  ['frequency', ['1', '0']],
  ['recency', ['2', '0']],
  ['age', ['9', '9']],
  ['monetary_value', ['5', '0']],
  ['weight', ['0', '0']],
  ['branch', ['north', 'south']],
]);
const nobody: BenchTable = { names: [...columns.keys()], lines: [2, 3], columns };

it.each([
  ['bg-nbd', 'no-customers'],
  ['pareto-nbd', 'no-customers'],
  ['mbg-cnbd-k', 'no-customers'],
  ['gamma-gamma', 'no-repeat-orders'],
] as const)('tells no likelihood of a fit that was not tried: %s of nobody', (name, reason) => {
  const fit = fittedKinds[name].fit(nobody, {});
  expect(fit).toMatchObject({ logLikelihood: null, converged: false, reason });
});

it('tells none of the pooled fit either', () => {
  expect(fittedKinds['bg-nbd'].fit(nobody, { by: 'branch' })).toMatchObject({
    pooled: { logLikelihood: null, reason: 'no-customers' },
  });
});
