import { describe, expect, it } from 'vitest';
import { splitPath, withoutDefaults } from './navigate.js';

const parse = (text: string) => Object.fromEntries(new URLSearchParams(text));

describe('splitPath', () => {
  it.each([
    ['/customers', { to: '/customers', search: {} }],
    ['/customers/12?tab=orders', { to: '/customers/12', search: { tab: 'orders' } }],
    ['/settings/me#password', { to: '/settings/me', search: {}, hash: 'password' }],
    ['/a?b=1#c', { to: '/a', search: { b: '1' }, hash: 'c' }],
  ])('%s', (path, parts) => expect(splitPath(path, parse)).toEqual(parts));
});

describe('withoutDefaults', () => {
  it('keeps in the link only what was chosen', () => {
    expect(
      withoutDefaults(
        { q: '', sort: '-clv', page: 2, tags: [], segment: ['a'], gone: undefined },
        { q: '', sort: '-clv', page: 1, tags: [] },
      ),
    ).toEqual({ page: 2, segment: ['a'] });
  });
});
