import type { FastifyReply } from 'fastify';

/** Aborts when whoever asked has gone: a page that was left, or a calculation that was cancelled. */
export function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => gone.abort());
  return gone.signal;
}
