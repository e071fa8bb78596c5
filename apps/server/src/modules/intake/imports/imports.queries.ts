import type { ImportBatch, ImportCounts, ImportKind, ImportMapping, ImportStatus } from '@kezi/contract';
import {
  CodedError,
  messageOf,
  type ErrorCode,
  type ErrorParams,
  type Language,
} from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import { statusNow } from './imports.rules.js';
import type { FileInspection } from './inspect-file.js';

/** A batch as the slice works with it. */
export interface Batch extends Omit<
  ImportBatch,
  'columns' | 'questions' | 'reading' | 'warnings' | 'sheets'
> {
  inspection: FileInspection;
  createdBy: number;
}

interface Row {
  importBatchId: number;
  kind: ImportKind;
  status: ImportStatus;
  fileName: string;
  fileSize: number;
  fileSha256: string;
  inspection: FileInspection;
  mapping: ImportMapping;
  counts: ImportCounts | Record<string, never>;
  jobId: number | null;
  jobStatus: string | null;
  jobError: Batch['error'];
  createdBy: number;
  createdByName: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

const selectBatch = sql`
  select b.import_batch_id as "importBatchId", b.kind, b.status, b.file_name as "fileName", b.file_size as "fileSize",
    b.file_sha256 as "fileSha256", b.reading as inspection, b.mapping, b.counts, b.job_id as "jobId",
    j.status as "jobStatus", j.error as "jobError", b.created_by as "createdBy", u.name as "createdByName",
    b.created_at as "createdAt", b.started_at as "startedAt", b.finished_at as "finishedAt"
  from import_batch b left join job j on j.job_id = b.job_id left join colleague u on u.user_id = b.created_by`;

function batchOf({ jobStatus, jobError, counts, createdByName, ...row }: Row): Batch {
  const status = statusNow(row.status, jobStatus);
  return {
    ...row,
    status,
    counts: 'read' in counts ? (counts as ImportCounts) : null,
    error: status === 'failed' || (jobStatus === 'failed' && row.status === 'undoing') ? jobError : null,
    createdByName: createdByName ?? '',
  };
}

/** @throws CodedError imports.not_found, also where it is somebody else's */
export async function getBatch(db: Db, importBatchId: number): Promise<Batch> {
  const { rows } = await sql<Row>`${selectBatch} where b.import_batch_id = ${importBatchId}`.execute(db);
  if (!rows[0]) throw new CodedError('imports.not_found');
  return batchOf(rows[0]);
}

export async function listBatches(
  db: Db,
  query: { cursor?: string | undefined; limit: number },
): Promise<{ items: Batch[]; nextCursor: string | null }> {
  const before = query.cursor === undefined ? null : Number(decodeCursor(query.cursor, 1)[0]);
  const { rows } = await sql<Row>`${selectBatch}
    where ${before}::bigint is null or b.import_batch_id < ${before}
    order by b.import_batch_id desc limit ${query.limit + 1}`.execute(db);
  const items = rows.slice(0, query.limit).map(batchOf);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? encodeCursor([last.importBatchId]) : null };
}

/** Keeps two requests from changing one batch at the same time. */
export async function lockBatch(db: Db, importBatchId: number): Promise<void> {
  await sql`select from import_batch where import_batch_id = ${importBatchId} for update`.execute(db);
}

interface StoredRowError {
  line: number;
  columnName: string;
  code: ErrorCode;
  params: ErrorParams;
  cells: string[];
}

/** In the order of the file. */
export async function listRowErrors(
  db: Db,
  importBatchId: number,
  query: { cursor?: string | undefined; limit: number },
): Promise<{ items: StoredRowError[]; nextCursor: string | null }> {
  const after = query.cursor === undefined ? 0 : Number(decodeCursor(query.cursor, 1)[0]);
  const { rows } = await sql<StoredRowError>`
    select line, column_name as "columnName", code, params, cells from import_row_error
    where import_batch_id = ${importBatchId} and line > ${after}
    order by line limit ${query.limit + 1}`.execute(db);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? encodeCursor([last.line]) : null };
}

/** The batch as it goes over the wire. */
export function batchView({ inspection, ...batch }: Batch, language: Language): ImportBatch {
  const { createdBy: _createdBy, ...rest } = batch;
  const warnings = inspection.warnings.map(({ code, params }) => ({
    code,
    detail: messageOf(code, params, language),
  }));
  const questions = inspection.questions.map((question) => ({
    ...question,
    detail: messageOf(question.code as ErrorCode, question.params, language),
  }));
  const error = batch.error
    ? { ...batch.error, detail: messageOf(batch.error.code as ErrorCode, batch.error.params, language) }
    : null;
  const { reading, columns, sheets } = inspection;
  return { ...rest, error, reading, columns, sheets, warnings, questions };
}
