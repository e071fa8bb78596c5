import { expect, it } from 'vitest';
import { treeOf } from './tree-of.js';

const node = (customerId: number, parentCustomerId: number | null, clv: number) => ({
  customerId,
  parentCustomerId,
  clv,
  name: `C${customerId}`,
});

it('puts tiles within tiles, each customer with a tile of its own', () => {
  const tiles = treeOf([node(1, null, 10), node(2, 1, 5), node(3, 2, 7), node(4, 1, 0)]);
  expect(tiles.map((tile) => [tile.name, tile.value])).toEqual([
    ['C1', [10, 1]],
    ['C2', [12, 2]],
  ]);
  expect(tiles[1]?.children.map((tile) => tile.value)).toEqual([
    [5, 2],
    [7, 3],
  ]);
});

it('draws a customer alone as one tile, and nothing as nothing', () => {
  expect(treeOf([node(1, null, 3)]).map((tile) => tile.value)).toEqual([[3, 1]]);
  expect(treeOf([])).toEqual([]);
});
