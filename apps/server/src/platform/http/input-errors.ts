import { messageOf, type ErrorCode, type Language } from '@kezi/contract/errors';
import type { FastifySchemaValidationError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';

const sentences = { 'zh-CN': z.locales.zhCN().localeError, 'en-US': z.locales.en().localeError };

interface Issue {
  keyword: string;
  message: string;
  params: Record<string, unknown>;
}

/** More choices than this are not read by anybody. */
const mostChoices = 30;

const byType: Readonly<Record<string, ErrorCode>> = {
  number: 'app.input_number',
  int: 'app.input_whole',
  string: 'app.input_text',
  boolean: 'app.input_yes_no',
  array: 'app.input_list',
  object: 'app.input_object',
  record: 'app.input_object',
};
const byFormat: Readonly<Record<string, ErrorCode>> = {
  date: 'app.input_date',
  datetime: 'app.input_moment',
  email: 'app.input_mail',
};

type Said = [ErrorCode, Record<string, string | number>?] | null;

function tooBig({ origin, maximum, inclusive }: Issue['params']): Said {
  const most = Number(maximum);
  if (origin === 'string') return ['app.text_long', { most }];
  if (origin === 'array') return ['app.input_many', { most }];
  if (origin !== 'number' && origin !== 'int') return null;
  return [inclusive === false ? 'app.input_below' : 'app.input_most', { most }];
}

function tooSmall({ origin, minimum, inclusive }: Issue['params']): Said {
  const least = Number(minimum);
  if (origin === 'string') return least === 1 ? ['app.text_missing'] : ['app.text_short', { least }];
  if (origin === 'array') return ['app.input_few', { least }];
  if (origin !== 'number' && origin !== 'int') return null;
  return [inclusive === false ? 'app.input_above' : 'app.input_least', { least }];
}

const listed = (values: unknown): string[] => (Array.isArray(values) ? values.map(String) : []);

/** What is most often wrong, in our own words: the library speaks of a `string`, and of `undefined`. */
function said({ keyword, message, params }: Issue): Said {
  const choices = listed(params['values']);
  switch (keyword) {
    case 'invalid_type':
    case 'invalid_value':
      // What was sent is not handed on by the route; the library's own message alone tells that nothing was.
      if (message.endsWith('received undefined')) return ['app.input_missing'];
      if (choices.length > 0 && choices.length <= mostChoices) {
        return ['app.input_choice', { choices: choices.join(', ') }];
      }
      return Object.hasOwn(byType, String(params['expected'])) ? [byType[String(params['expected'])]!] : null;
    case 'invalid_format':
      return Object.hasOwn(byFormat, String(params['format'])) ? [byFormat[String(params['format'])]!] : null;
    case 'unrecognized_keys':
      return ['app.input_unknown', { keys: listed(params['keys']).join(', ') }];
    case 'too_big':
      return tooBig(params);
    case 'too_small':
      return tooSmall(params);
    default:
      return null;
  }
}

type Refused = FastifySchemaValidationError & { params: Record<string, unknown> };

/** Each key that the route does not know as one of its own. */
function keyByKey(issue: Refused, within = ''): Refused[] {
  return listed(issue.params['keys']).map((key) => ({
    ...issue,
    keyword: 'unrecognized_keys',
    instancePath: `${issue.instancePath.replace(/\/$/, '')}${within}/${key}`,
    params: { ...issue.params, keys: [key] },
  }));
}

/** Of one thing or another, what fits but for keys that it does not know: they are what is wrong. */
function nearlyFits(issue: Refused): z.core.$ZodIssueUnrecognizedKeys[] | undefined {
  if (issue.keyword !== 'invalid_union') return undefined;
  const ways = (issue.params as { errors?: z.core.$ZodIssue[][] }).errors ?? [];
  const isUnknown = (one: z.core.$ZodIssue) => one.code === 'unrecognized_keys';
  return ways.find(
    (way): way is z.core.$ZodIssueUnrecognizedKeys[] => way.length > 0 && way.every(isUnknown),
  );
}

/** What does not fit. */
function refusedIn(error: unknown): Refused[] {
  if (!hasZodFastifySchemaValidationErrors(error)) return [];
  return error.validation.flatMap((issue): Refused[] => {
    if (issue.keyword === 'unrecognized_keys') return keyByKey(issue);
    const near = nearlyFits(issue);
    return near
      ? near.flatMap(({ keys, path }) =>
          keyByKey({ ...issue, params: { keys } }, path.map((part) => `/${String(part)}`).join('')),
        )
      : [issue];
  });
}

/** The keys that the route does not know, as in `lines.0.colour`. */
export function unknownKeys(error: unknown): string[] {
  return refusedIn(error)
    .filter(({ keyword }) => keyword === 'unrecognized_keys')
    .map(({ instancePath }) => instancePath.slice(1).replaceAll('/', '.'));
}

/** The parts of the input that do not fit, each with its path and a sentence in the reader's language. */
export function inputErrors(
  error: unknown,
  language: Language,
): { path: string; message: string }[] | undefined {
  if (!hasZodFastifySchemaValidationErrors(error)) return undefined;
  return refusedIn(error)
    .slice(0, 50)
    .map(({ instancePath, keyword, message, params }) => {
      const own = said({ keyword, message: message ?? '', params });
      const library = sentences[language]({ ...params, code: keyword } as z.core.$ZodRawIssue);
      return {
        path: `${error.validationContext ?? 'body'}${instancePath.replaceAll('/', '.')}`,
        message:
          (own === null ? null : messageOf(own[0], own[1] ?? {}, language)) ??
          (typeof library === 'string' ? library : library?.message) ??
          message ??
          keyword,
      };
    });
}
