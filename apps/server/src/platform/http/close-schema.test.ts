import { expect, it } from 'vitest';
import { z } from 'zod';
import { closeSchema } from './close-schema.js';

const line = z.object({ name: z.string() });
const cases: [string, z.ZodType, unknown, string[]][] = [
  ['an object', line, { name: 'a', nmae: 'b' }, ['nmae']],
  ['an object within', z.object({ line }), { line: { name: 'a', x: 1 } }, ['line.x']],
  [
    'a list',
    z.object({ lines: z.array(line) }),
    { lines: [{ name: 'a' }, { name: 'b', x: 1 }] },
    ['lines.1.x'],
  ],
  ['what may be left out', z.object({ line: line.nullish() }), { line: { name: 'a', x: 1 } }, ['line.x']],
  ['a default', z.object({ line: line.default({ name: '' }) }), { line: { name: 'a', x: 1 } }, ['line.x']],
  ['values by name', z.record(z.string(), line), { any: { name: 'a', x: 1 } }, ['any.x']],
  ['what is made ready first', z.preprocess((value) => value, line), { name: 'a', x: 1 }, ['x']],
  ['what is checked as a whole', line.refine(() => true), { name: 'a', x: 1 }, ['x']],
  [
    'one of several by name',
    z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), line.extend({ kind: z.literal('b') })]),
    { kind: 'a', name: 'x' },
    ['name'],
  ],
  ['one of several', z.union([line, z.object({ id: z.int() })]), { id: 1, x: 1 }, ['x']],
];

const unknownIn = (schema: z.ZodType, value: unknown) =>
  (schema.safeParse(value).error?.issues ?? []).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => [...issue.path, key].join('.'))
      : [issue.code],
  );

it.each(cases)('names the key that there is not in %s', (_what, schema, value, keys) => {
  expect(schema.safeParse(value).success).toBe(true);
  expect(unknownIn(closeSchema(schema), value)).toEqual(keys);
});

it('leaves open what was opened, and the schema that others use as it was', () => {
  const open = z.looseObject({ name: z.string() });
  expect(closeSchema(open).parse({ name: 'a', more: 1 })).toEqual({ name: 'a', more: 1 });
  const record = z.record(z.string(), z.number());
  expect(closeSchema(record).parse({ any: 1 })).toEqual({ any: 1 });
  closeSchema(line);
  expect(line.parse({ name: 'a', more: 1 })).toEqual({ name: 'a' });
});

it('keeps the checks of the whole', () => {
  const pair = z.object({ from: z.int(), to: z.int() }).refine(({ from, to }) => from < to);
  expect(closeSchema(pair).safeParse({ from: 2, to: 1 }).success).toBe(false);
});
