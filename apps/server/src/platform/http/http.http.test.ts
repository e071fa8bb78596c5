import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { segmentTests } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { testServer } from '../../testing/test-server.js';
import { codedErrorOf } from './problem.js';

const server = await testServer();
const { users, rules } = server;

const own = rules.filter((rule) => rule.url.startsWith('/api/v1') && !rule.url.startsWith('/api/v1/docs'));

const top = join(import.meta.dirname, '../../../../..');

function pagesOfText(): string[] {
  const guide = ['zh', 'en'].flatMap((language) =>
    readdirSync(join(top, 'docs/guide', language)).map((file) => join('docs/guide', language, file)),
  );
  return ['README.md', 'README.en.md', ...guide].map((file) => join(top, file));
}

describe('an error', () => {
  it('is told in the language of the reader, with a stable code', async () => {
    const zh = await users.anonymous.get('/nowhere');
    const en = await users.anonymous.get('/nowhere', { 'accept-language': 'fr, en-GB;q=0.8' });
    expect([zh.status, zh.body.code, zh.body.detail]).toEqual([404, 'app.not_found', '没有这个页面或接口。']);
    expect(en.body.detail).toBe('There is no such page or endpoint.');
    expect(zh.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(zh.body.requestId).toBe(zh.headers['x-request-id']);
  });

  it('uses the language of the user where they have set one', async () => {
    expect((await users.director.patch('/me/preferences', { language: 'en-US' })).status).toBe(204);
    const { body } = await users.director.get('/users/999999', { 'accept-language': 'zh-CN' });
    expect(body.detail).toBe('There is no such person, or you may not see them.');
  });

  it('uses the language that a program asks for, else that of the owner of its key', async () => {
    expect((await users.manager.patch('/me/preferences', { language: 'en-US' })).status).toBe(204);
    const { body: made } = await users.manager.post('/keys', { name: 'reader', scopes: ['customers:read'] });
    const told = async (wish: string) => {
      const headers = { authorization: `Bearer ${made.key}`, 'accept-language': wish };
      return (await users.anonymous.get('/customers/999999', headers)).body.detail;
    };
    expect(await told('zh-CN')).toMatch(/^没有这个客户/);
    expect(await told('*')).toMatch(/^There is no such customer/);
  });

  it('names the parts of the input that are wrong', async () => {
    const { status, body } = await users.administrator.post('/users', {
      email: 'no address',
      password: 'short',
    });
    expect([status, body.code]).toEqual([400, 'app.invalid_input']);
    expect(body.errors.map((error: { path: string }) => error.path).sort()).toEqual([
      'body.email',
      'body.name',
      'body.password',
    ]);
    const long = { email: 'a@example.com', name: 'x'.repeat(500), password: 'long enough for all' };
    const zh = await users.administrator.post('/users', long, { 'accept-language': 'zh-CN' });
    expect(zh.body.errors[0].message).toMatch(/^文字太长：最多 \d+ 个字。$/);
    const en = await users.administrator.post('/users', long, { 'accept-language': 'en-US' });
    expect(en.body.errors[0].message).toMatch(/^The text is too long: at most \d+ characters\.$/);
  });

  it.each([
    '/tiers/policies/3000000000',
    '/users/3000000000',
    '/pools/99999999999/rules',
    '/contracts/3000000000',
  ])('answers %s, a number larger than any id, as one that is of nothing', async (path) => {
    const { status, body } = await users.administrator.get(path);
    expect([status, String(body.code).endsWith('not_found')]).toEqual([404, true]);
  });

  it('says nothing about a defect but its number', () => {
    const coded = codedErrorOf(new Error('secret: select * from app_user'), 'request-1');
    expect([coded.code, coded.params]).toEqual(['app.internal', { id: 'request-1' }]);
  });

  it('carries the headers that protect a page', async () => {
    const { headers } = await users.anonymous.get('/me');
    const policy = String(headers['content-security-policy']).split(';');
    const [nothing, own] = ["'none'", "'self'"];
    expect(policy).toEqual(
      expect.arrayContaining([
        `default-src ${own}`,
        `script-src ${own}`,
        `object-src ${nothing}`,
        `base-uri ${own}`,
        `form-action ${own}`,
        `frame-ancestors ${nothing}`,
      ]),
    );
    // By what it is made is told to nobody.
    expect([headers['server'], headers['x-powered-by']]).toEqual([undefined, undefined]);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('takes no method and no kind of body that is not declared', async () => {
    const { administrator } = users;
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'] as const) {
      const { status } = await administrator.request({ method: method as 'PUT', url: '/teams' });
      expect([method, status]).toEqual([method, 404]);
    }
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
      const headers = { 'content-type': type };
      const answer = await administrator.request({
        method: 'POST',
        url: '/teams',
        headers,
        payload: 'name=x',
      });
      expect([type, answer.status, answer.body.code]).toEqual([type, 400, 'app.invalid_input']);
    }
  });

  it('answers a body above the limit with 413', async () => {
    const { status, body } = await users.administrator.post('/teams', { name: 'x'.repeat(2_000_000) });
    expect([status, body.code, body.params]).toEqual([413, 'app.body_too_large', { megabytes: 1 }]);
    expect(body.detail).toContain('1 MB');
  });
});

describe('a request that names what there is not', () => {
  const { administrator } = users;

  it('is refused with a code of its own, in both languages, and nothing of it is done', async () => {
    const wish = { name: '华中', parent: 3, colour: 'red' };
    const zh = await administrator.post('/teams', wish, { 'accept-language': 'zh-CN' });
    expect([zh.status, zh.body.code, zh.body.params, zh.body.detail]).toEqual([
      400,
      'app.input_unknown',
      { keys: 'parent, colour' },
      '没有这一项：parent, colour。',
    ]);
    expect(zh.body.errors).toEqual([
      { path: 'body.parent', message: '没有这一项：parent。' },
      { path: 'body.colour', message: '没有这一项：colour。' },
    ]);
    const en = await administrator.post('/teams', wish, { 'accept-language': 'en-US' });
    expect(en.body.detail).toBe('There is no such field: parent, colour.');
    const { body } = await administrator.get('/teams');
    expect(JSON.stringify(body)).not.toContain('华中');
  });

  it('is told all that is wrong with it at once, also far within', async () => {
    const items = [{ field: 'region', is: segmentTests[0], values: ['x'], valeus: [] }];
    const { status, body } = await administrator.post('/segments/preview', {
      rule: { match: 'all', not: false, items },
      sample: 'many',
    });
    const paths = body.errors.map((error: { path: string }) => error.path).sort();
    expect([status, body.code, paths]).toEqual([
      400,
      'app.input_unknown',
      ['body.rule.items.0.valeus', 'body.sample'],
    ]);
  });

  it.each([
    ['/customers?ownr=3', 'ownr'],
    ['/customers/count?owner=3', 'owner'],
    ['/teams?search=x', 'search'],
    ['/me?expand=all', 'expand'],
  ])('is refused where it is a filter, which would find everybody: %s', async (path, key) => {
    const { status, body } = await administrator.get(path);
    expect([status, body.code, body.params]).toEqual([400, 'app.input_unknown', { keys: key }]);
  });

  it('is refused where nothing at all is taken', async () => {
    const { status, body } = await administrator.post('/quality/measure', { customerId: 7 });
    expect([status, body.params]).toEqual([400, { keys: 'customerId' }]);
    expect((await administrator.post('/quality/measure', {})).status).toBe(202);
  });
});

describe('a repeated request', () => {
  const key = { 'idempotency-key': 'key-1' };

  it('has its effect once and the first answer again', async () => {
    const first = await users.administrator.post('/teams', { name: '华东' }, key);
    const again = await users.administrator.post('/teams', { name: '华东' }, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const { body } = await users.administrator.get('/teams');
    expect(body.items.filter((team: { name: string }) => team.name === '华东')).toHaveLength(1);
  });

  it('with another body is refused', async () => {
    const { status, body } = await users.administrator.post('/teams', { name: '华南' }, key);
    expect([status, body.code]).toEqual([422, 'app.idempotency_mismatch']);
  });

  it('of another user is another request', async () => {
    await server.asSystem((db) =>
      db
        .updateTable('app_user')
        .set({ role: 'administrator', scope: 'all' })
        .where('id', '=', users.other.userId)
        .execute(),
    );
    const { status } = await users.other.post('/teams', { name: '华北' }, key);
    expect(status).toBe(201);
  });

  it('twenty at once make one', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        users.administrator.post('/teams', { name: '西南' }, { 'idempotency-key': 'key-20' }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(201));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  });

  it('that failed the first time may be tried again', async () => {
    const retry = { 'idempotency-key': 'key-3' };
    const wish = { name: '西北', parentId: 999_999 };
    expect((await users.administrator.post('/teams', wish, retry)).status).toBe(404);
    expect((await users.administrator.post('/teams', { ...wish, parentId: null }, retry)).status).toBe(201);
  });
});

interface Schema {
  $ref?: string;
  type?: string;
  pattern?: string;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
}
interface Operation {
  parameters?: { name: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}
/** Texts whose limit is not in the schema: it has a sentence of its own, or the text is `true` or nothing. */
const boundedElsewhere: readonly string[] = [
  'GET /customers?spark',
  'GET /me/notices?unread',
  'GET /tasks?cancelled',
  'GET /tasks?warnings',
  'POST /warnings/runs?everybody',
  'PATCH /interactions/{id}.summary',
  'POST /customers/{id}/interactions.summary',
  'POST /tasks/{id}/done.interaction.summary',
  'POST /warnings/{id}/handle.interaction.summary',
];

describe('the description of the interface', () => {
  it('is OpenAPI 3.1, names every route, and every reference in it leads somewhere', async () => {
    const { body } = await users.anonymous.get('/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const described = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const wanted = own
      .filter((rule) => rule.method !== 'HEAD' && rule.url !== '/api/v1/openapi.json')
      .map((rule) => `${rule.method} ${rule.url.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(described.sort()).toEqual(wanted.sort());
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(0);
    for (const [, name] of references) expect(Object.keys(body.components.schemas)).toContain(name);
  });

  it('says that there are no other fields and filters, but where names are for somebody else to choose', async () => {
    const { body } = await users.anonymous.get('/openapi.json');
    const open = new Set<string>();
    const walk = (schema: Schema | undefined, place: string): void => {
      if (schema === undefined || place.split('.').length > 8) return;
      if (schema.properties !== undefined && schema.additionalProperties !== false) open.add(place);
      for (const [key, part] of Object.entries(schema.properties ?? {})) walk(part, `${place}.${key}`);
      for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]) {
        walk(part, place);
      }
      walk(schema.items, `${place}[]`);
    };
    const bodies = Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods).flatMap(([method, { requestBody }]) => {
          const schema = requestBody?.content?.['application/json']?.schema;
          return schema ? [{ place: `${method.toUpperCase()} ${path.slice('/api/v1'.length)}`, schema }] : [];
        }),
    );
    expect(bodies.length).toBeGreaterThan(100);
    for (const { place, schema } of bodies) walk(schema, place);
    // A model has the fields of its kind.
    expect([...open].sort()).toEqual(['POST /models/curves.model', 'POST /models/evaluate.model']);
  });

  it('has every address that the README and the guide name', () => {
    const shape = (path: string) => path.replaceAll(/\{[^}]*\}|:\w+/g, '*');
    const known = rules.map((rule) => shape(rule.url));
    const named = pagesOfText().flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/`(?:[A-Z]+ )?(\/api\/[^\s`?]*)/g)].map(([, path = '']) => ({
        file,
        path,
      })),
    );
    expect(named.length).toBeGreaterThan(50);
    const lost = named.filter(({ path }) => !known.some((url) => `${url}/`.startsWith(`${shape(path)}/`)));
    expect(lost).toEqual([]);
  });

  it('sets a limit to every text that is sent', async () => {
    const { body } = await users.anonymous.get('/openapi.json');
    const unbounded = new Set<string>();
    const walk = (schema: Schema | undefined, place: string): void => {
      if (schema === undefined || place.split('.').length > 8) return;
      const name = schema.$ref?.split('/').at(-1);
      if (name !== undefined) return walk(body.components.schemas[name], place);
      const isBounded = ['maxLength', 'enum', 'const', 'format', 'contentMediaType'].some(
        (key) => key in schema,
      );
      // A pattern of a fixed form, such as that of a day, ends by itself.
      const isForm = schema.pattern !== undefined && !/[*+]|,\}|\[\^\\0\]/.test(schema.pattern);
      if (schema.type === 'string' && !isBounded && !isForm) unbounded.add(place);
      for (const [key, part] of Object.entries(schema.properties ?? {})) walk(part, `${place}.${key}`);
      for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]) {
        walk(part, place);
      }
      walk(schema.items, `${place}[]`);
      if (typeof schema.additionalProperties === 'object') walk(schema.additionalProperties, `${place}{}`);
    };
    for (const [path, methods] of Object.entries(body.paths as Record<string, Record<string, Operation>>)) {
      for (const [method, { parameters = [], requestBody }] of Object.entries(methods)) {
        const place = `${method.toUpperCase()} ${path.slice('/api/v1'.length)}`;
        for (const one of parameters) walk(one.schema, `${place}?${one.name}`);
        walk(requestBody?.content?.['application/json']?.schema, place);
      }
    }
    expect([...unbounded].sort()).toEqual([...boundedElsewhere].sort());
  });
});
