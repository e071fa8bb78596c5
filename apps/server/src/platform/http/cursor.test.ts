import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.js';

describe('a cursor', () => {
  it('comes back as it went, whatever the name', () => {
    const values = ['𠮷野家 "股份"', -1.5, null, true];
    expect(decodeCursor(encodeCursor(values), 4)).toEqual(values);
  });

  it.each([
    '',
    'garbage',
    encodeCursor([1, 2]),
    Buffer.from('{"a":1}').toString('base64url'),
    encodeCursor([[1] as never]),
  ])('that was made up is refused: %s', (cursor) => {
    expect(() => decodeCursor(cursor, 1)).toThrow('app.cursor_invalid');
  });
});
