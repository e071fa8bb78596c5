import { describe, expect, it } from 'vitest';
import { testServer } from '../../testing/test-server.js';

const server = await testServer({ web: { 'index.html': '<p>Kezi', 'assets/app-1a2b.js': 'console.log(1)' } });

const get = (url: string, headers = {}) =>
  server.app.inject({ url, headers: { accept: 'text/html', ...headers } });

describe('the pages', () => {
  it('are sent for every address of the application, and asked for anew each time', async () => {
    for (const url of ['/', '/customers/12', '/import']) {
      const answer = await get(url);
      expect([url, answer.statusCode, answer.body]).toEqual([url, 200, '<p>Kezi']);
      expect(answer.headers['cache-control']).toBe('no-cache');
      expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
    }
  });

  it('have parts that never change, because their name holds a hash', async () => {
    const answer = await get('/assets/app-1a2b.js');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await get('/assets/app-old.js')).statusCode).toBe(404);
  });

  it('never hide an error of the interface', async () => {
    const answer = await get('/api/v1/nothing');
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'app.not_found']);
  });

  it.each(['/../secret.json', '/%2e%2e/secret.json', '/assets/..%2f..%2fsecret.json', '/..\\secret.json'])(
    'give nothing from outside of their folder: %s',
    async (url) => {
      const answer = await get(url, { accept: '*/*' });
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain('secret');
    },
  );
});

describe('health', () => {
  it('is told, and figures to this machine alone', async () => {
    expect((await get('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await get('/readyz')).json()).toEqual({ status: 'ok' });
    expect((await get('/metrics')).body).toContain('kezi_http_seconds_bucket');
    const far = await server.app.inject({ url: '/metrics', remoteAddress: '192.0.2.1' });
    expect(far.statusCode).toBe(404);
  });
});
