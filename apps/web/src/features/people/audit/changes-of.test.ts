import { describe, expect, it } from 'vitest';
import { changesOf } from './changes-of.js';

describe('the changes of an entry', () => {
  it('stand side by side, as text', () => {
    expect(changesOf({ name: ['<b>a</b>', null], ownerId: [1, 2], phones: true })).toEqual([
      { field: 'name', before: '<b>a</b>', after: null },
      { field: 'ownerId', before: '1', after: '2' },
      { field: 'phones', before: null, after: 'true' },
    ]);
  });

  it('are none where there is nothing to compare', () => {
    for (const odd of [null, 'text', 3, ['a', 'b'], {}]) expect(changesOf(odd)).toEqual([]);
  });
});
