import { expect, it } from 'vitest';
import { features } from './features.js';
import { idsAreNumbers } from './numbered-path.js';

it.each(['abc', '0', '-1', '1.5', '1e3', '12a', ' 7', '9'.repeat(16)])('knows no page of the id %j', (id) => {
  expect(idsAreNumbers({ customerId: id })).toBe(false);
});

it('opens the page of a number, and of a part that is no id', () => {
  expect(idsAreNumbers({ customerId: '17', tab: 'abc' })).toBe(true);
});

it('tells the ids in every address of the product by their names', () => {
  const parts = features.flatMap(({ routes }) => routes.flatMap(({ path }) => path.match(/\$\w+/g) ?? []));
  expect(parts.length).toBeGreaterThan(5);
  expect(parts.filter((part) => !part.endsWith('Id'))).toEqual([]);
});
