import { basename } from 'node:path';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { largestAttachment, mostAttachments, type Attachment } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { personName } from '../../../platform/db/person-name.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Platform } from '../../../platform/platform.js';
import { lockFile, removeUnusedFile } from '../../intake/imports/index.js';
import { holdCustomer } from '../hold-customer.js';
import { headLength, mediaTypeOf } from './media-type.js';

/** A record that files belong to. */
interface Subject {
  kind: 'contract' | 'interaction';
  id: number;
}

type InScope = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

/**
 * The customer of a record that the user sees.
 * @throws CodedError contracts.not_found, interactions.not_found
 */
export async function customerOf(db: Db, { kind, id }: Subject): Promise<number> {
  const row =
    kind === 'contract'
      ? await db
          .selectFrom('contract')
          .where('contract_id', '=', id)
          .where('deleted_at', 'is', null)
          .select('customer_id')
          .executeTakeFirst()
      : await db
          .selectFrom('interaction')
          .where('interaction_id', '=', id)
          .where('deleted_at', 'is', null)
          .select('customer_id')
          .executeTakeFirst();
  if (!row) throw new CodedError(kind === 'contract' ? 'contracts.not_found' : 'interactions.not_found');
  return row.customer_id;
}

const columns = [
  'a.attachment_id as attachmentId',
  'a.file_name as fileName',
  'a.media_type as mediaType',
  'a.size_bytes as sizeBytes',
  personName('a.created_by').as('createdByName'),
  'a.created_at as createdAt',
] as const;

/** The files of a record, in the order in which they came. */
export async function listAttachments(db: Db, subject: Subject): Promise<{ items: Attachment[] }> {
  await customerOf(db, subject);
  const items = await db
    .selectFrom('attachment as a')
    .where('a.subject', '=', subject.kind)
    .where('a.subject_id', '=', subject.id)
    .where('a.deleted_at', 'is', null)
    .select(columns)
    .orderBy('a.attachment_id')
    .execute();
  return { items };
}

/** The last part of a path, without anything that is not a character. */
function plainFileName(name: string): string {
  const last = basename(name.replaceAll('\\', '/'));
  return last.replace(/\p{Cc}|\p{Cf}/gu, '').slice(0, 400) || 'file';
}

async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headLength), 0, headLength, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * Takes in a file for a record. Whatever goes wrong, no bytes stay.
 * @throws CodedError contracts.not_found, interactions.not_found, files.too_large, files.too_many, files.empty,
 *   files.type_refused, files.unknown_type, app.disk_full
 */
export async function addAttachment(
  platform: Platform,
  inScope: InScope,
  subject: Subject,
  upload: { fileName: string; source: Readable },
): Promise<Attachment> {
  const stored = await platform.files.save(upload.source, { maxBytes: largestAttachment });
  try {
    const fileName = plainFileName(upload.fileName);
    const mediaType = mediaTypeOf(await headOf(stored.path), fileName);
    return await inScope(async (db) => {
      await lockFile(db, stored.sha256);
      if (!platform.files.exists(stored.sha256)) throw new CodedError('imports.upload_changed');
      const customer = await holdCustomer(db, await customerOf(db, subject));
      const { items } = await listAttachments(db, subject);
      if (items.length >= mostAttachments) throw new CodedError('files.too_many', { limit: mostAttachments });
      const made = await db
        .insertInto('attachment')
        .values({
          subject: subject.kind,
          subject_id: subject.id,
          customer_id: customer.customerId,
          owner_id: customer.ownerId,
          team_id: customer.teamId,
          file_name: fileName,
          media_type: mediaType,
          size_bytes: stored.sizeBytes,
          sha256: stored.sha256,
          created_at: platform.clock.now(),
        })
        .returning('attachment_id')
        .executeTakeFirstOrThrow();
      await writeAudit(db, {
        action: 'file.added',
        subject: subject.kind,
        subjectId: subject.id,
        changes: { fileName: [null, fileName] },
      });
      return getAttachment(db, made.attachment_id);
    });
  } catch (error) {
    await removeUnusedFile(platform, stored.sha256);
    throw error;
  }
}

async function getAttachment(db: Db, attachmentId: number): Promise<Attachment & { sha256: string }> {
  const row = await db
    .selectFrom('attachment as a')
    .where('a.attachment_id', '=', attachmentId)
    .where('a.deleted_at', 'is', null)
    .select([...columns, 'a.sha256', 'a.subject', 'a.subject_id as subjectId'])
    .executeTakeFirst();
  if (!row) throw new CodedError('files.not_found');
  const { subject, subjectId, ...file } = row;
  // A file of a record that was set aside is set aside with it.
  await customerOf(db, { kind: subject as Subject['kind'], id: subjectId });
  return file;
}

/**
 * A file to hand out; that it was taken is on record.
 * @throws CodedError files.not_found, contracts.not_found, interactions.not_found
 */
export async function takeAttachment(db: Db, attachmentId: number): Promise<Attachment & { sha256: string }> {
  const found = await getAttachment(db, attachmentId);
  await writeAudit(db, { action: 'file.downloaded', subject: 'attachment', subjectId: attachmentId });
  return found;
}

/**
 * Takes a file away; its bytes go when no other record has them.
 * @throws CodedError files.not_found
 */
export async function deleteAttachment(
  platform: Platform,
  inScope: InScope,
  attachmentId: number,
): Promise<void> {
  const sha256 = await inScope(async (db) => {
    const found = await getAttachment(db, attachmentId);
    const gone = await db
      .deleteFrom('attachment')
      .where('attachment_id', '=', attachmentId)
      .executeTakeFirst();
    // Whoever has the customer shared for reading sees the file and takes nothing away.
    if (gone.numDeletedRows === 0n) throw new CodedError('files.not_found');
    await writeAudit(db, {
      action: 'file.deleted',
      subject: 'attachment',
      subjectId: attachmentId,
      changes: { fileName: [found.fileName, null] },
    });
    return found.sha256;
  });
  await removeUnusedFile(platform, sha256);
}
