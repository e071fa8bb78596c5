import { PassThrough } from 'node:stream';
import type { CustomerExportQuery } from '@kezi/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { auditExport, columnsOf, exportRows } from './export-customers.js';
import { writeCsv, writeXlsx } from './export-file.js';
import { exportHeader, exportTitle } from './export-words.js';

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** Sends the register as a file while it is read. That it is sent is on record before the first row leaves. */
export async function sendExport(
  request: FastifyRequest,
  reply: FastifyReply,
  query: CustomerExportQuery,
): Promise<FastifyReply> {
  await request.inScope((db) => auditExport(db, query), { write: true });
  const header = exportHeader(columnsOf(query), request.language);
  const file = new PassThrough();
  const sending = request.inScope((db) => {
    const rows = exportRows(db, request.principal, query);
    return query.format === 'csv'
      ? writeCsv(file, header, rows)
      : writeXlsx(file, header, rows, exportTitle(request.language));
  });
  // The answer has begun: all that is left is to break it off, so that half a file does not look like a whole one.
  sending.catch((error: unknown) => {
    request.log.warn({ err: error }, 'An export ended early.');
    file.destroy(error as Error);
  });
  return reply
    .header('content-disposition', `attachment; filename="customers.${query.format}"`)
    .type(types[query.format])
    .send(file);
}
