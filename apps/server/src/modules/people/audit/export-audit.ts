import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { AuditEntry, AuditFilter } from '@kezi/contract';
import { csvLine } from '@kezi/tabular';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { everyEntry } from './audit.queries.js';

/** Spreadsheets take UTF-8 for something else without it. */
const byteOrderMark = '\uFEFF';

const header = {
  'zh-CN': [
    '编号',
    '时间',
    '用户编号',
    '用户',
    '动作',
    '对象',
    '对象编号',
    '对象名称',
    '变更',
    '来源地址',
    '途径',
    '请求编号',
    '已入链',
  ],
  'en-US': [
    'No.',
    'When',
    'User no.',
    'User',
    'Action',
    'Subject',
    'Subject no.',
    'Subject name',
    'Changes',
    'Address',
    'By',
    'Request',
    'Sealed',
  ],
} as const;

function cellsOf(entry: AuditEntry): (string | number | null)[] {
  return [
    entry.id,
    entry.recordedAt,
    entry.userId,
    entry.userName,
    entry.action,
    entry.subject,
    entry.subjectId,
    entry.subjectName,
    JSON.stringify(entry.changes),
    entry.address,
    entry.via,
    entry.requestId,
    entry.isSealed ? 1 : 0,
  ];
}

interface AuditToSend {
  filter: AuditFilter;
  /** A transaction that sees all entries. */
  read: (work: (db: Db) => Promise<void>) => Promise<void>;
}

/** Sends entries as CSV while they are read. That they leave the house is an entry itself, written before the first. */
export async function sendAudit(
  request: FastifyRequest,
  reply: FastifyReply,
  { filter, read }: AuditToSend,
): Promise<FastifyReply> {
  await request.inScope(
    (db) => writeAudit(db, { action: 'audit.exported', subject: 'audit', changes: { filter } }),
    { write: true },
  );
  const file = new PassThrough();
  const sending = read(async (db) => {
    file.write(byteOrderMark + csvLine([...header[request.language]]));
    for await (const entries of everyEntry(db, filter)) {
      const text = entries.map((entry) => csvLine(cellsOf(entry))).join('');
      if (!file.write(text)) await Promise.race([once(file, 'drain'), once(file, 'close')]);
      if (file.destroyed) return;
    }
    file.end();
  });
  // The answer has begun: all that is left is to break it off, so that half a file does not look like a whole one.
  sending.catch((error: unknown) => {
    request.log.warn({ err: error }, 'An export of the audit ended early.');
    file.destroy(error as Error);
  });
  return reply
    .header('content-disposition', 'attachment; filename="audit.csv"')
    .type('text/csv; charset=utf-8')
    .send(file);
}
