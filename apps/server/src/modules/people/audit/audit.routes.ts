import { auditExportQuery, auditPage, auditQuery, auditWords } from '@kezi/contract';
import type { FastifyRequest } from 'fastify';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { listAudit, listWords } from './audit.queries.js';
import { sendAudit } from './export-audit.js';

const tags = ['audit'];
const config = { permission: 'audit:read' } as const;

export function auditRoutes(app: KeziApp, platform: Platform): void {
  /** Who may read the audit reads all of it, whatever rows they see elsewhere. */
  const read = <T>(request: FastifyRequest, work: (db: Db) => Promise<T>) =>
    request.inShare(() => platform.db.asSystem(work, { readOnly: true, requestId: request.id }));

  app.get(
    '/audit',
    {
      config,
      schema: {
        tags,
        summary: 'Who saw, changed and exported what, newest first',
        querystring: auditQuery,
        response: { 200: auditPage },
      },
    },
    (request) => read(request, (db) => listAudit(db, request.query)),
  );
  app.get(
    '/audit/words',
    {
      config,
      schema: { tags, summary: 'Actions, subjects and people that occur', response: { 200: auditWords } },
    },
    (request) => read(request, listWords),
  );
  app.get(
    '/audit/export',
    {
      config,
      schema: { tags, summary: 'Entries as CSV; itself an entry', querystring: auditExportQuery },
    },
    (request, reply) =>
      sendAudit(request, reply, { filter: request.query, read: (work) => read(request, work) }),
  );
}
