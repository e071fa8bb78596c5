import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessWatch } from '../auth/access-watch.js';

export interface StreamMessage {
  event: string;
  data: unknown;
}

/** A line that means nothing, so that proxies do not close a quiet stream. */
const heartbeatMs = 20_000;

/**
 * Sends server-sent events until the source ends, the client leaves, or the user's access changes (then the client
 * connects again and is asked who it is).
 */
export function sendEventStream(
  request: FastifyRequest,
  reply: FastifyReply,
  access: AccessWatch,
  source: (signal: AbortSignal) => AsyncIterable<StreamMessage>,
): FastifyReply {
  const ended = new AbortController();
  const stream = new Readable({ read() {} });
  const heartbeat = setInterval(() => stream.push(':\n\n'), heartbeatMs);
  heartbeat.unref();
  const forget = access.onChange(request.principal.userId, () => ended.abort());
  const finish = () => {
    clearInterval(heartbeat);
    forget();
    ended.abort();
  };
  stream.once('close', finish);
  request.raw.once('close', () => stream.destroy());
  ended.signal.addEventListener('abort', () => stream.push(null), { once: true });
  const pump = async () => {
    stream.push('retry: 2000\n\n');
    for await (const { event, data } of source(ended.signal)) {
      if (ended.signal.aborted) return;
      stream.push(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    }
  };
  pump()
    .catch((error: unknown) => request.log.error(error, 'An event stream ended early.'))
    .finally(finish);
  return reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .send(stream);
}
