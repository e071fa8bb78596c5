import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { sendOutside, type OutsideRequest } from './send-outside.js';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function place(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask = (host: string, more: Partial<OutsideRequest> = {}) =>
  sendOutside({ url: `http://${host}/in`, headers: {}, body: '{}', allowedHosts: [host], ...more });

it('keeps the status and the first 500 characters', async () => {
  const host = await place((_request, response) => response.writeHead(202).end('好'.repeat(900)));
  expect(await ask(host)).toMatchObject({ status: 202, answer: '好'.repeat(500) });
});

it('does not read ten megabytes, nor follow a redirect', async () => {
  let called = 0;
  const elsewhere = await place((_request, response) => {
    called++;
    response.end();
  });
  const large = await place((_request, response) => response.end(Buffer.alloc(10 * 2 ** 20, 65)));
  const turn = await place((_request, response) =>
    response.writeHead(307, { location: `http://${elsewhere}/` }).end(),
  );
  const before = process.memoryUsage().arrayBuffers;
  expect((await ask(large)).answer).toBe('A'.repeat(500));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 2 ** 20);
  expect((await ask(turn)).status).toBe(307);
  expect(called).toBe(0);
});

it('leaves a place that is silent, one that is not there, and one that drips once its status has come', async () => {
  const silent = await place(() => undefined);
  await expect(ask(silent, { timeLimitMs: 150 })).rejects.toMatchObject({ code: 'outbound.timed_out' });
  const endless = await place((_request, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('x'), 20);
    response.once('close', () => clearInterval(drip));
  });
  expect(await ask(endless, { timeLimitMs: 200 })).toMatchObject({ status: 200 });
  await expect(ask('127.0.0.1:9')).rejects.toMatchObject({ code: 'outbound.unreachable' });
});

it('calls the address that was checked, whatever the name says the second time', async () => {
  const host = await place((request, response) => response.end(request.headers.host));
  const port = host.split(':')[1] ?? '';
  const answers = [['127.0.0.1'], ['10.9.9.9']];
  const resolve = () => Promise.resolve((answers.shift() ?? []).map((address) => ({ address, family: 4 })));
  const name = `rebinding.example:${port}`;
  const answer = await ask(name, { resolve, allowedHosts: [name] });
  expect(answer.answer).toBe(name);
  expect(answers).toHaveLength(1);
});
