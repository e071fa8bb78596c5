import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll } from 'vitest';

interface Heard {
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A place outside that is told things, on this machine; it answers as the test says. Closed after the test file. */
export async function outsidePlace() {
  const heard: Heard[] = [];
  const state = { answer: (response: ServerResponse): void => void response.writeHead(200).end('ok') };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      heard.push({ url: request.url ?? '', headers: request.headers, body });
      state.answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  afterAll(close);
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    /** What it answers from now on. */
    answers(status: number, body = '') {
      state.answer = (response) => void response.writeHead(status).end(body);
    },
    /** It takes what comes and never answers. */
    isSilent() {
      state.answer = () => undefined;
    },
    close,
  };
}
