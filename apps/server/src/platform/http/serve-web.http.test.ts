import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
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

describe('pages built while the server runs', () => {
  const { webFolder } = server.platform.config;

  it('are served at once, and the log says once that the server is older', async () => {
    const warned = vi.spyOn(server.app.log, 'warn');
    writeFileSync(join(webFolder, 'index.html'), '<p>Kezi 2');
    writeFileSync(join(webFolder, 'assets/app-9z.js'), 'console.log(2)');
    utimesSync(join(webFolder, 'index.html'), new Date(), new Date(Date.now() + 5000));
    for (const url of ['/', '/customers/12', '/']) expect((await get(url)).body).toBe('<p>Kezi 2');
    expect((await get('/assets/app-9z.js')).body).toBe('console.log(2)');
    expect(warned.mock.calls.map(([, text]) => String(text))).toEqual([
      expect.stringContaining('built anew'),
    ]);
    warned.mockRestore();
  });

  it('are missed in words while they are away, and the interface is answered', async () => {
    rmSync(join(webFolder, 'index.html'));
    const answer = await get('/customers');
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'app.pages_unavailable']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await get('/')).statusCode).toBe(503);
    expect((await get('/api/v1/setup')).statusCode).toBe(200);
    writeFileSync(join(webFolder, 'index.html'), '<p>Kezi 3');
    expect((await get('/customers')).body).toBe('<p>Kezi 3');
  });
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
