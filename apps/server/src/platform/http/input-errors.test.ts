import type { Language } from '@kezi/contract/errors';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { inputErrors } from './input-errors.js';

/** What a route says of a body that does not fit. */
function told(schema: z.ZodType, body: unknown, language: Language = 'zh-CN') {
  const validate = validatorCompiler({ schema, method: 'POST', url: '/', httpPart: 'body' });
  const { error } = validate(body) as { error?: unknown };
  const refused = Object.assign(new Error('refused'), { validation: error, validationContext: 'body' });
  return inputErrors(refused, language);
}

const one = (field: z.ZodType, value?: unknown) =>
  (['zh-CN', 'en-US'] as const).map((language) => told(z.object({ field }), { field: value }, language)?.[0]);

const cases: [string, z.ZodType, unknown, string, string][] = [
  ['missing', z.number(), undefined, '没有填。', 'It is missing.'],
  ['a choice that is missing', z.enum(['a', 'b']), undefined, '只能是：a, b。', 'It must be one of: a, b.'],
  ['no number', z.number(), 'abc', '应为数字。', 'It must be a number.'],
  ['no number in an address', z.coerce.number().int(), 'abc', '应为数字。', 'It must be a number.'],
  ['no whole number', z.int(), 2.5, '应为整数。', 'It must be a whole number.'],
  ['no text', z.string(), 7, '应为文字。', 'It must be text.'],
  ['neither yes nor no', z.boolean(), 'ja', '应为 true 或 false。', 'It must be true or false.'],
  ['no list', z.array(z.int()), 3, '应为列表。', 'It must be a list.'],
  [
    'too long',
    z.string().max(3),
    'abcd',
    '文字太长：最多 3 个字。',
    'The text is too long: at most 3 characters.',
  ],
  ['empty', z.string().min(1), '', '不能为空。', 'It cannot be empty.'],
  [
    'not in the list',
    z.enum(['kept', 'lost']),
    'gone',
    '只能是：kept, lost。',
    'It must be one of: kept, lost.',
  ],
  ['too much', z.number().max(5), 6, '不能大于 5。', 'It can be 5 at most.'],
  ['nothing', z.number().positive(), 0, '应大于 0。', 'It must be above 0.'],
  ['too many', z.array(z.int()).max(1), [1, 2], '最多 1 项。', 'It can have 1 entries at most.'],
  [
    'no date',
    z.iso.date(),
    'morgen',
    '应为日期，写成 2026-03-01 这样。',
    'It must be a date, written like 2026-03-01.',
  ],
];

it.each(cases)('says in plain words that a field is wrong: %s', (_what, field, value, chinese, english) => {
  expect(one(field, value)).toEqual([
    { path: 'body.field', message: chinese },
    { path: 'body.field', message: english },
  ]);
});

it('names a field that there is not', () => {
  expect(told(z.strictObject({}), { colour: 'red' }, 'en-US')).toEqual([
    { path: 'body.colour', message: 'There is no such field: colour.' },
  ]);
});

it('names what stands beside one thing and belongs to another', () => {
  const either = z.union([
    z.strictObject({ ids: z.array(z.int()) }),
    z.strictObject({ filter: z.strictObject({ q: z.string().optional() }) }),
  ]);
  expect(told(z.strictObject({ who: either }), { who: { ids: [1], filter: {} } }, 'en-US')).toEqual([
    { path: 'body.who.filter', message: 'There is no such field: filter.' },
  ]);
});
