import type { z } from 'zod';
import type { Db } from '../db/scoped-db.js';
import type { Platform } from '../platform.js';

export interface JobProgress {
  stage: string;
  done: number;
  /** Null while nobody knows. */
  total: number | null;
}

export interface JobContext {
  jobId: number;
  /** 1 at first; more after a crash or an error. A job that may be run again goes on from where it was. */
  attempt: number;
  /** The user who started it; null for the program itself. */
  userId: number | null;
  /** Aborted when the job is cancelled or the program stops. */
  signal: AbortSignal;
  /** Tells how far it is, four times a second at most. Throws when the job was cancelled. */
  report: (progress: JobProgress) => Promise<void>;
  /** A transaction with the rights that the user who started it has now. */
  inScope: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
  /** A transaction that sees all. */
  asSystem: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
}

/** A job as the queue knows it: its parameters are checked when it starts. */
export interface AnyJob {
  kind: string;
  exclusive: string | undefined;
  start: (job: JobContext, params: unknown, platform: Platform) => Promise<unknown>;
}

export interface JobDefinition<Params> extends AnyJob {
  encode: (params: Params) => string;
}

interface JobOptions<Params> {
  /** `<slice>.<verb>`. */
  kind: string;
  params: z.ZodType<Params>;
  /** Jobs with the same word run one after another. */
  exclusive?: string;
  /** What it returns is kept as the job's result. */
  run: (job: JobContext, params: Params, platform: Platform) => Promise<unknown>;
}

export function defineJob<Params>(options: JobOptions<Params>): JobDefinition<Params> {
  return {
    kind: options.kind,
    exclusive: options.exclusive,
    encode: (params) => JSON.stringify(options.params.parse(params)),
    start: (job, params, platform) => options.run(job, options.params.parse(params), platform),
  };
}
