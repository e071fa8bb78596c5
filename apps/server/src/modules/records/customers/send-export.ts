import { PassThrough } from 'node:stream';
import type { CustomerExportQuery } from '@kezi/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readSettings } from '../../people/settings/index.js';
import { checkRows, isLimited, spendRows } from '../../people/wall/index.js';
import { watchEyes } from '../../../platform/auth/watch-eyes.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { readFields } from '../fields/index.js';
import { columnsOf } from './export-columns.js';
import { auditExport, countExport, exportRows } from './export-customers.js';
import { writeCsv, writeXlsx } from './export-file.js';
import { extraConditions } from './extra-filters.js';
import { exportTitle } from './export-words.js';

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/**
 * What the file would be refused for, before it is asked for: a browser shows nothing of why a download failed. Nothing is
 * booked or put on record.
 * @throws CodedError limits.exported_refused, and what a filter is refused for
 */
export async function checkExport(
  db: Db,
  principal: Principal,
  query: CustomerExportQuery,
  now: Date,
): Promise<void> {
  await extraConditions(db, principal, query);
  if (!(await isLimited(db, principal, 'exported'))) return;
  await checkRows(db, principal, 'exported', await countExport(db, principal, query), now);
}

/**
 * Sends the register as a file while it is read. That it is sent is on record before the first row leaves, and booked on the
 * day of whoever takes it. When they may see less than at its beginning, it is broken off.
 * @throws CodedError limits.exported_refused
 */
export async function sendExport(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  query: CustomerExportQuery,
): Promise<FastifyReply> {
  const { principal } = request;
  const columns = await request.inScope(
    async (db) => {
      const currency = (await readSettings(db)).baseCurrency;
      const told = { language: request.language, currency };
      const wanted = columnsOf(principal, query, await readFields(db), told);
      // A filter that may not be used is refused here: once the file has begun, it could only be broken off.
      await extraConditions(db, principal, query);
      if (await isLimited(db, principal, 'exported')) {
        const rows = await countExport(db, principal, query);
        await spendRows(db, principal, 'exported', rows, platform.clock.now());
      }
      await auditExport(db, wanted, query);
      return wanted;
    },
    { write: true },
  );
  const header = columns.map((column) => column.header);
  const file = new PassThrough();
  const forget = watchEyes(platform, principal, () => {
    file.destroy(new Error('What the reader may see has changed.'));
  });
  file.once('close', forget);
  const sending = request.inScope((db) => {
    const rows = exportRows(db, principal, query, columns);
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
