import { monitorEventLoopDelay } from 'node:perf_hooks';
import { CodedError } from '@kezi/contract/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../platform.js';
import type { KeziApp } from './kezi-app.js';

const resolutionMs = 10;
const windowMs = 1000;
/** One second alone may be a pause of the whole machine, which turning people away does not mend. */
const lateWindows = 3;
/** A flood would fill the log otherwise. */
const toldEachMs = 10_000;

/** Who is asking, as far as the request says so by itself: nobody is looked up for a request that is turned away. */
function callerOf(request: FastifyRequest): string {
  return request.headers.authorization ?? request.headers.cookie ?? request.ip;
}

/**
 * Turns requests away before anything is done for them: all while too many wait for the database or the event loop is
 * late, and those of one caller who has too many under way. What is turned away costs a fraction of a millisecond, so the
 * work that was taken on is finished, and whoever comes again finds room.
 * @returns what every request passes first; it throws CodedError app.server_busy, app.caller_rate_limited
 */
export function shedLoad(
  app: KeziApp,
  { config, db, log }: Pick<Platform, 'config' | 'db' | 'log'>,
): (request: FastifyRequest, reply: FastifyReply) => void {
  const limits = config.load;
  const underWay = new Map<string, number>();
  const loop = monitorEventLoopDelay({ resolution: resolutionMs });
  let loopDelayMs = 0;
  let late = 0;
  let toldAt = -toldEachMs;
  const sampling = setInterval(() => {
    loopDelayMs = Number.isNaN(loop.mean) ? 0 : loop.mean / 1e6 - resolutionMs;
    late = loopDelayMs > limits.loopDelayMs ? late + 1 : 0;
    loop.reset();
  }, windowMs);
  sampling.unref();
  // The start itself keeps the loop busy, and nobody waits yet.
  app.addHook('onReady', async () => {
    loop.enable();
  });
  app.addHook('onClose', async () => {
    clearInterval(sampling);
    loop.disable();
  });

  function refuseBusy(): void {
    const waiting = db.pool.waitingCount;
    if (waiting <= limits.waiting && late < lateWindows) return;
    if (performance.now() - toldAt > toldEachMs) {
      toldAt = performance.now();
      log.warn({ waiting, loopDelayMs: Math.round(loopDelayMs) }, 'Too busy: requests are turned away.');
    }
    throw new CodedError('app.server_busy');
  }

  return (request, reply) => {
    if (!request.url.startsWith('/api/')) return;
    refuseBusy();
    const caller = callerOf(request);
    const count = (underWay.get(caller) ?? 0) + 1;
    if (count > limits.perCaller) {
      throw new CodedError('app.caller_rate_limited', { limit: limits.perCaller });
    }
    underWay.set(caller, count);
    reply.raw.once('close', () => {
      const left = (underWay.get(caller) ?? 1) - 1;
      if (left > 0) underWay.set(caller, left);
      else underWay.delete(caller);
    });
  };
}
