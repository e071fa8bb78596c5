import { createHash } from 'node:crypto';
import { CodedError } from '@kezi/contract/errors';
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { Db, ScopedDb } from '../db/scoped-db.js';

/** Keys are kept as long as a client may reasonably try again. */
const keptDays = 30;

interface FirstAnswer {
  status: number;
  body: string;
}

/** Text that is the same for the same content, whatever the order of fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function keyOf(request: FastifyRequest): string | null {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return null;
  if (typeof header !== 'string' || header.length === 0 || header.length > 200) {
    throw new CodedError('app.idempotency_key_invalid_input');
  }
  return header;
}

/**
 * Takes the key for this request, or finds the first answer. A second request with the same key waits here at the row's
 * lock until the first has committed or failed.
 */
async function takeKey(
  db: Db,
  row: { user_id: number; route: string; key: string; body_sha256: string },
): Promise<FirstAnswer | null> {
  const taken = await db
    .insertInto('idempotency_key')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (taken.numInsertedOrUpdatedRows === 1n) return null;
  const first = await db
    .selectFrom('idempotency_key')
    .select(['body_sha256', 'status', 'body'])
    .where('user_id', '=', row.user_id)
    .where('route', '=', row.route)
    .where('key', '=', row.key)
    .executeTakeFirstOrThrow();
  if (first.body_sha256 !== row.body_sha256) throw new CodedError('app.idempotency_mismatch');
  return { status: first.status ?? 200, body: first.body ?? '' };
}

/**
 * Wraps a handler so that a POST with an Idempotency-Key has its effect once: key, effect and answer are one
 * transaction. The same key with the same body gives the first answer again, with another body it is refused.
 */
export function idempotent(
  route: string,
  handler: RouteHandlerMethod,
  database: ScopedDb,
): RouteHandlerMethod {
  return async function idempotentHandler(this: unknown, request: FastifyRequest, reply: FastifyReply) {
    const key = keyOf(request);
    const run = async (): Promise<unknown> => {
      const answer: unknown = await handler.call(this as never, request, reply);
      // An answer that was sent already could not be taken back if the transaction failed.
      if (answer === reply) throw new Error(`The handler of ${route} sends its answer; it must return it.`);
      return answer;
    };
    if (key === null || request.caller === null) return run();
    const { principal } = request;
    const body_sha256 = createHash('sha256')
      .update(canonical([request.params, request.query, request.body ?? null]))
      .digest('hex');
    const outcome = await request.inShare(() =>
      database.inScope(
        principal,
        async (db) => {
          const row = { user_id: principal.userId, route, key, body_sha256 };
          const first = await takeKey(db, row);
          if (first) return { first, answer: undefined };
          request.openTransaction = db;
          try {
            const answer = await run();
            await db
              .updateTable('idempotency_key')
              .set({ status: reply.statusCode, body: answer === undefined ? '' : JSON.stringify(answer) })
              .where('user_id', '=', row.user_id)
              .where('route', '=', row.route)
              .where('key', '=', row.key)
              .execute();
            return { first: null, answer };
          } finally {
            request.openTransaction = null;
          }
        },
        { requestId: request.id },
      ),
    );
    if (outcome.first) {
      void reply.header('idempotency-replayed', 'true').code(outcome.first.status);
      return outcome.first.body === '' ? undefined : (JSON.parse(outcome.first.body) as unknown);
    }
    return outcome.answer;
  };
}

/** Removes keys older than 30 days. */
export async function forgetOldKeys(db: Db, now: Date): Promise<number> {
  const oldest = new Date(now.getTime() - keptDays * 86_400_000).toISOString();
  const result = await db.deleteFrom('idempotency_key').where('created_at', '<', oldest).executeTakeFirst();
  return Number(result.numDeletedRows);
}
