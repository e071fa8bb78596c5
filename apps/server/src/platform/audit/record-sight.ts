import type { AuditAction } from '@kezi/contract';
import type { FastifyRequest } from 'fastify';
import { writeAudit } from './write-audit.js';

/** Somebody who goes back and forth over a page looks at it once. */
const onceEachMs = 15 * 60_000;
const mostKept = 20_000;

interface Sight {
  action: AuditAction;
  subject: string;
  subjectId: number;
}

const seenAt = new Map<string, number>();

/** Puts on record that the caller was shown something that is not theirs; once in a quarter of an hour. */
export async function recordSight(request: FastifyRequest, sight: Sight, now: Date): Promise<void> {
  const { address = '', origin = '', userId } = request.principal;
  const key = [userId, origin, address, sight.action, sight.subjectId].join(' ');
  const before = seenAt.get(key);
  if (before !== undefined && now.getTime() - before < onceEachMs && now.getTime() >= before) return;
  await request.inScope((db) => writeAudit(db, sight), { write: true });
  seenAt.delete(key);
  seenAt.set(key, now.getTime());
  const [oldest] = seenAt.keys();
  if (seenAt.size > mostKept && oldest !== undefined) seenAt.delete(oldest);
}
