import { auditPage, auditQuery, type AuditEntry } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';

interface AuditQuery {
  cursor?: string | undefined;
  limit: number;
  subject?: string | undefined;
  subjectId?: string | undefined;
  userId?: number | undefined;
}

/** Who did what, newest first. */
async function listAudit(
  db: Db,
  query: AuditQuery,
): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  let select = db
    .selectFrom('audit_entry')
    .leftJoin('app_user', 'app_user.id', 'audit_entry.user_id')
    .orderBy('audit_entry_id', 'desc')
    .limit(query.limit + 1)
    .select([
      'audit_entry_id as id',
      'audit_entry.user_id as userId',
      'app_user.name as userName',
      'action',
      'subject',
      'subject_id as subjectId',
      'changes',
      'request_id as requestId',
      'recorded_at as recordedAt',
    ]);
  if (query.subject !== undefined) select = select.where('subject', '=', query.subject);
  if (query.subjectId !== undefined) select = select.where('subject_id', '=', query.subjectId);
  if (query.userId !== undefined) select = select.where('audit_entry.user_id', '=', query.userId);
  if (query.cursor !== undefined) {
    select = select.where('audit_entry_id', '<', Number(decodeCursor(query.cursor, 1)[0]));
  }
  const rows = await select.execute();
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? encodeCursor([last.id]) : null };
}

export function auditRoutes(app: KeziApp): void {
  app.get(
    '/audit',
    {
      config: { permission: 'audit:read' },
      schema: {
        tags: ['audit'],
        summary: 'Who did what',
        querystring: auditQuery,
        response: { 200: auditPage },
      },
    },
    (request) => request.inScope((db) => listAudit(db, request.query)),
  );
}
