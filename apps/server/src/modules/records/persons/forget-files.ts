import type { PersonFile } from '@kezi/contract';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import { defineJob } from '../../../platform/jobs/define-job.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import type { Platform } from '../../../platform/platform.js';
import { lockFile } from '../../intake/imports/index.js';

const mostFiles = 1_000;

/**
 * Files attached to what a contact took part in; all of them where the customer itself is the person. What stands in a file
 * is not read: a scan or a recording would tell nothing, so somebody has to look.
 */
export async function filesOfPerson(
  db: Db,
  customerId: number,
  contactId: number | null,
): Promise<PersonFile[]> {
  const tookPart = sql`a.subject = 'interaction' and exists (
    select from interaction i where i.interaction_id = a.subject_id and ${contactId}::bigint = any (i.contact_ids))`;
  const { rows } = await sql<PersonFile>`
    select a.attachment_id as "attachmentId", a.file_name as "fileName", a.media_type as "mediaType",
      a.size_bytes as "sizeBytes", a.created_at as "createdAt", a.subject, a.subject_id as "subjectId"
    from attachment a
    where a.customer_id = ${customerId}::bigint and a.deleted_at is null and ${contactId === null ? sql`true` : tookPart}
    order by a.attachment_id limit ${mostFiles}`.execute(db);
  return rows;
}

/** The imports that brought a person or changed what was known of them: their files hold the person. */
export async function importsOfPerson(
  db: Db,
  customerId: number,
  contactId: number | null,
): Promise<number[]> {
  const changes = (kind: string, id: number) =>
    sql`select import_batch_id from import_change where record_kind = ${kind} and record_id = ${id}::bigint`;
  const own =
    contactId === null
      ? sql`select import_batch_id from customer where customer_id = ${customerId}::bigint
          union select import_batch_id from customer_order where customer_id = ${customerId}::bigint
          union ${changes('customer', customerId)}`
      : sql`select import_batch_id from contact where contact_id = ${contactId}::bigint
          union ${changes('contact', contactId)}`;
  const { rows } = await sql<{ id: number }>`
    select own.import_batch_id as id from (${own}) own where own.import_batch_id is not null order by 1`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** The bytes of a file that was imported and is nobody's else: not of a record, not of an import that is still to come. */
async function forgetFile(db: Db, platform: Platform, importBatchId: number): Promise<boolean> {
  const batch = await db
    .selectFrom('import_batch')
    .where('import_batch_id', '=', importBatchId)
    .where('status', 'in', ['imported', 'undone'])
    .select('file_sha256 as sha256')
    .executeTakeFirst();
  if (!batch) return false;
  await lockFile(db, batch.sha256);
  const { rows } = await sql`
    select from attachment where sha256 = ${batch.sha256}
    union all select from import_batch where file_sha256 = ${batch.sha256} and status not in ('imported', 'undone')
    limit 1`.execute(db);
  if (rows.length > 0 || !platform.files.exists(batch.sha256)) return false;
  await platform.files.remove(batch.sha256);
  return true;
}

/** Goes on after a crash: a file that is gone stays gone. */
export const forgetFilesJob = defineJob({
  kind: 'persons.forget_files',
  params: z.object({ importBatchIds: z.array(z.int()) }),
  async run(job, { importBatchIds }, platform) {
    let files = 0;
    for (const id of importBatchIds) {
      if (await job.asSystem((db) => forgetFile(db, platform, id))) files++;
    }
    return { files };
  },
});

/** In the transaction that erases the person, before what leads to the files is gone. */
export async function forgetImportFiles(db: Db, importBatchIds: readonly number[]): Promise<void> {
  if (importBatchIds.length > 0)
    await enqueueJob(db, forgetFilesJob, { importBatchIds: [...importBatchIds] });
}
