import { describe, expect, it } from 'vitest';
import { layOutLines } from './lay-out-lines.js';

const lay = (...lines: [number, number | null][]) =>
  layOutLines(lines.map(([contactId, reportsToId]) => ({ contactId, reportsToId })))
    .map(({ person, depth, row }) => [person.contactId, depth, row])
    .sort(([a = 0], [b = 0]) => a - b);

describe('reporting lines', () => {
  it('put a superior in the middle of those below, each of them in a row', () => {
    expect(lay([1, null], [2, 1], [3, 1], [4, 1], [5, 3])).toEqual([
      [1, 0, 1],
      [2, 1, 0],
      [3, 1, 1],
      [4, 1, 2],
      [5, 2, 1],
    ]);
  });

  it('begin a tree where nobody known stands above', () => {
    expect(lay([1, null], [2, 99], [3, null])).toEqual([
      [1, 0, 0],
      [2, 0, 1],
      [3, 0, 2],
    ]);
  });

  it('are cut where they run in a circle, and lose nobody', () => {
    expect(lay([1, 2], [2, 1], [3, null]).map(([id]) => id)).toEqual([1, 2, 3]);
  });

  it('of five hundred in one line are laid out', () => {
    const chain = Array.from({ length: 500 }, (_, i): [number, number | null] => [i + 1, i === 0 ? null : i]);
    expect(lay(...chain).at(-1)).toEqual([500, 499, 0]);
  });
});
