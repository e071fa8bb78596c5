import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { testServer } from '../../testing/test-server.js';
import { arrayBytes, unnest } from './unnest.js';

const server = await testServer();

it.each([
  ['int', [0, 1, -1, 2 ** 31 - 1, 1 - 2 ** 31, null]],
  ['bigint', [0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 32, -(2 ** 32) - 1, 2 ** 53 - 1, 1 - 2 ** 53, null]],
  ['int', []],
] as const)('an array of %s goes into the database as it is', async (type, values) => {
  const { rows } = await server.asSystem((db) =>
    sql<{ value: string | null }>`
      select value::text from ${unnest('v', { value: { type, bytes: arrayBytes(type, values) } })}`.execute(
      db,
    ),
  );
  expect(rows.map(({ value }) => value)).toEqual(
    values.map((value) => (value === null ? null : String(value))),
  );
});

it('a number that the type does not hold is refused, not cut off', () => {
  for (const [type, value] of [
    ['int', 2 ** 31],
    ['int', -(2 ** 31) - 1],
    ['int', 0.5],
    ['bigint', 2 ** 53],
  ] as const)
    expect(() => arrayBytes(type, [value])).toThrow(RangeError);
});
