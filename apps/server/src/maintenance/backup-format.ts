import { z } from 'zod';

/** Raised when an archive of today could not be read by yesterday's program. */
export const formatVersion = 1;

/** The first file of an archive: what has to be known before anything is loaded. */
export const backupHeader = z.object({
  format: z.literal('kezi backup'),
  version: z.number(),
  madeAt: z.iso.datetime(),
  /** The migrations that the database had. */
  migrations: z.array(z.string()),
  /** What erased persons are known again by; a backup of an earlier program has none. */
  markKeys: z.array(z.string()).default([]),
});

const checked = z.object({ name: z.string(), bytes: z.number(), sha256: z.string() });

/** The last file: what everything before it must come to. */
export const backupManifest = z.object({
  tables: z.array(checked.extend({ rows: z.number() })),
  files: z.array(checked),
});

export type BackupHeader = z.infer<typeof backupHeader>;
export type BackupManifest = z.infer<typeof backupManifest>;
