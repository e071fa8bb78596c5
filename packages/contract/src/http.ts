import { z } from 'zod';
import { idOfText } from './input-parts.js';
import { pageOf, pageQuery } from './page.js';

/** An error answer (RFC 9457). `code` is stable; `detail` is in the reader's language. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

/** A path parameter that names a row. */
export const idParams = z.object({ id: idOfText });

export const jobStatus = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);

export const job = z
  .object({
    id: z.int(),
    kind: z.string(),
    status: jobStatus,
    progress: z.object({ stage: z.string(), done: z.number(), total: z.number().nullable() }).nullable(),
    result: z.unknown().nullable(),
    error: z.object({ code: z.string(), detail: z.string() }).nullable(),
    attempt: z.int(),
    createdBy: z.int().nullable(),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof job>;

export const jobQuery = pageQuery.extend({
  kind: z.string().max(100).optional(),
  status: jobStatus.optional(),
});
export const jobPage = pageOf(job);
