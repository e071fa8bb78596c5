import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { ApiError, problemToError, toApiError } from './api-error.js';
import { api, newKey, url, whenUnauthenticated } from './api.js';

const answer = (status: number, body?: unknown, type = 'application/json') =>
  new Response(body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': type },
  });
const fetchWith = (response: Response | Error) => {
  const mock = vi.fn<typeof fetch>(() =>
    response instanceof Error ? Promise.reject(response) : Promise.resolve(response),
  );
  vi.stubGlobal('fetch', mock);
  return mock;
};
const sentBy = (mock: ReturnType<typeof fetchWith>) => {
  const [path, options] = mock.mock.calls[0] ?? [];
  return { path, ...options, headers: new Headers(options?.headers) };
};

afterEach(() => vi.unstubAllGlobals());

describe('url', () => {
  it('leaves out what is empty and repeats lists', () => {
    expect(url('/customers', { q: '海岳', page: 0, none: undefined, blank: '', tag: ['a', 'b'] })).toBe(
      '/api/v1/customers?q=%E6%B5%B7%E5%B2%B3&page=0&tag=a&tag=b',
    );
  });
});

describe('api', () => {
  it('checks the answer against the schema', async () => {
    fetchWith(answer(200, { total: 3, more: 'dropped' }));
    expect(await api.get('/x', { schema: z.object({ total: z.number() }) })).toEqual({ total: 3 });
    fetchWith(answer(200, { total: 'three' }));
    await expect(api.get('/x', { schema: z.object({ total: z.number() }) })).rejects.toMatchObject({
      code: 'web.unexpected',
    });
  });

  it('asks in the reader’s language', async () => {
    const mock = fetchWith(answer(204));
    await api.get('/x');
    expect(sentBy(mock).headers.get('accept-language')).toBe('zh-CN');
  });

  it('sends a key with every POST: its own, or the one given', async () => {
    const first = fetchWith(answer(204));
    await api.post('/x', { a: 1 });
    expect(sentBy(first).headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/);
    const second = fetchWith(answer(204));
    await api.post('/x', { a: 1 }, { idempotencyKey: 'mine' });
    expect(sentBy(second).headers.get('idempotency-key')).toBe('mine');
    const third = fetchWith(answer(204));
    await api.patch('/x', { a: 1 });
    expect(sentBy(third).headers.has('idempotency-key')).toBe(false);
  });

  it('tells when the session has ended, and only then', async () => {
    const ended = vi.fn<() => void>();
    whenUnauthenticated(ended);
    fetchWith(answer(401, { code: 'session.wrong_password', detail: '邮箱或密码不对。' }));
    await expect(api.post('/auth/sign-in', {})).rejects.toBeInstanceOf(ApiError);
    expect(ended).not.toHaveBeenCalled();
    fetchWith(answer(401, { code: 'app.unauthenticated', detail: '请先登录。' }));
    await expect(api.get('/x')).rejects.toBeInstanceOf(ApiError);
    expect(ended).toHaveBeenCalledOnce();
  });

  it('says offline when there was no answer at all', async () => {
    fetchWith(new TypeError('Failed to fetch'));
    await expect(api.get('/x')).rejects.toMatchObject({ code: 'web.offline', status: 0, isPassing: true });
  });

  it('lets an abort through as what it is', async () => {
    fetchWith(new DOMException('stop', 'AbortError'));
    await expect(api.get('/x')).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('problemToError', () => {
  it('keeps code, sentence, params, request id and fields', () => {
    const error = problemToError(409, {
      code: 'customers.exists',
      title: 'x',
      detail: '编号 C-1 已存在。',
      params: { customerNo: 'C-1', odd: { nested: true } },
      requestId: 'r-1',
      errors: [{ path: 'customerNo', message: '重复' }, 'noise'],
    });
    expect(error).toMatchObject({
      status: 409,
      code: 'customers.exists',
      message: '编号 C-1 已存在。',
      params: { customerNo: 'C-1' },
      requestId: 'r-1',
      fields: [{ path: 'customerNo', message: '重复' }],
      isPassing: false,
    });
  });

  it.each([
    [502, '<html>Bad gateway</html>', 'web.unavailable'],
    [500, undefined, 'web.broken'],
    [404, { message: 'not ours' }, 'web.broken'],
  ])('gives a code of its own to an answer that is not ours (%d)', (status, body, code) => {
    expect(problemToError(status, body).code).toBe(code);
  });
});

describe('toApiError', () => {
  it('wraps what nobody expected', () => {
    const cause = new Error('odd');
    expect(toApiError(cause)).toMatchObject({ code: 'web.broken', cause });
  });
});

describe('newKey', () => {
  it('is never the same twice', () => {
    expect(new Set(Array.from({ length: 100 }, newKey)).size).toBe(100);
  });
});
