import type { AuditAction } from '@kezi/contract';
import type { Db } from '../db/scoped-db.js';

interface AuditEntry {
  action: AuditAction;
  subject: string;
  subjectId?: string | number | null;
  /** Field to [before, after]. Never a password, a key or a value that its readers may not see. */
  changes?: Readonly<Record<string, unknown>>;
}

/** Writes who did what in the transaction of the deed itself. User and request are taken from the transaction's settings. */
export async function writeAudit(db: Db, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit_entry')
    .values({
      action: entry.action,
      subject: entry.subject,
      subject_id: entry.subjectId === undefined || entry.subjectId === null ? null : String(entry.subjectId),
      changes: JSON.stringify(entry.changes ?? {}),
    })
    .execute();
}

/** The fields whose value differs, as [before, after]. */
export function changesBetween(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Record<string, [unknown, unknown]> {
  const changes: Record<string, [unknown, unknown]> = {};
  for (const [field, value] of Object.entries(after)) {
    if (value !== undefined && before[field] !== value) changes[field] = [before[field] ?? null, value];
  }
  return changes;
}
