import { z } from 'zod';
import { day, pageOf, pageQuery } from './page.js';

export const auditEntry = z
  .object({
    id: z.int(),
    userId: z.int().nullable(),
    userName: z.string().nullable(),
    action: z.string(),
    subject: z.string(),
    subjectId: z.string().nullable(),
    /** What the record is called now, where it still is there. */
    subjectName: z.string().nullable(),
    /** Field to [before, after], or what was asked for. */
    changes: z.unknown(),
    requestId: z.string().nullable(),
    /** The address that the request came from. */
    address: z.string().nullable(),
    /** By what it got in: `session 12`, `key 3`, `job 5`. */
    via: z.string().nullable(),
    recordedAt: z.iso.datetime(),
    /** When a person's data was taken out of the entry. */
    erasedAt: z.iso.datetime().nullable(),
    /** Whether it is a link of the chain by now. */
    isSealed: z.boolean(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntry>;

const auditFilter = z.object({
  /** 0: what the program did by itself, and what nobody signed in tried. */
  userId: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  action: z.string().max(100).optional(),
  subject: z.string().max(60).optional(),
  subjectId: z.string().max(60).optional(),
  address: z.string().max(100).optional(),
  /** Days in the organisation's time zone, both included. */
  from: day.optional(),
  to: day.optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

export const auditQuery = pageQuery.extend(auditFilter.shape);
export const auditExportQuery = auditFilter;
export const auditPage = pageOf(auditEntry);
/** What has happened so far, by name: what a filter can offer. */
export const auditWords = z.object({
  actions: z.array(z.string()),
  subjects: z.array(z.string()),
  /** Whoever did something, also when they have left since. */
  people: z.array(z.object({ userId: z.int(), name: z.string(), isDisabled: z.boolean() })),
  /** Whether there are entries of nobody: the program itself, or attempts to sign in. */
  hasProgram: z.boolean(),
});
export type AuditWords = z.infer<typeof auditWords>;
