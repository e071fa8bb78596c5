import { z } from 'zod';
import { currencyCode } from './input-parts.js';
import { pageOf, pageQuery } from './page.js';

export const importKind = z.enum([
  'customers',
  'products',
  'orders',
  'contacts',
  'addresses',
  'interactions',
  'notes',
  'contracts',
  'receivables',
  'payments',
]);

export const importStatus = z.enum([
  'uploaded',
  'checking',
  'checked',
  'importing',
  'imported',
  'failed',
  'cancelled',
  'undoing',
  'undone',
]);

export const encodings = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];
/** `blanks`: runs of spaces and tabs, without quoting. */
export const delimiters = [',', '\t', ';', '|', 'blanks'] as const;
export type Delimiter = (typeof delimiters)[number];

/** How the file is read. Found out by looking at it; every part may be overruled. */
export const importReading = z.object({
  format: z.enum(['delimited', 'xlsx', 'parquet']),
  compression: z.enum(['none', 'gzip']),
  /** Earlier versions took other encodings and delimiters than these from a program: what they wrote is still told. */
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  header: z.boolean(),
  sheet: z.string().nullable(),
});
const readingInput = importReading
  .extend({ encoding: z.enum(encodings).nullable(), delimiter: z.enum(delimiters).nullable() })
  .partial();

export const importColumn = z.object({
  /** Counted from 1. */
  index: z.int(),
  name: z.string(),
  samples: z.array(z.string()),
  guess: z.string().nullable(),
  confidence: z.number(),
});

/** Which column is which field, and how dates and numbers in them are written. */
export const importMapping = z.object({
  /** Field to column index, counted from 1. `custom:<name>` keeps a column as a free field. */
  columns: z.record(z.string().max(120), z.int().positive()),
  dateFormat: z.string().max(60).optional(),
  numberStyle: z.string().max(60).optional(),
  /** For rows that do not say. */
  currency: z.string().optional(),
  /** Owner of customers that the file names for the first time without one: the importing user unless told otherwise. */
  ownerId: z.int().positive().nullish(),
});

/** Something only the user can know, such as whether 01/02/2024 is in January or February. */
export const importQuestion = z.object({
  field: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The question in the reader's language. */
  detail: z.string().optional(),
  choices: z.array(z.object({ value: z.string(), example: z.string() })),
});

/** Rows: read = accepted + rejected. Records: added, changed, unchanged by kind. */
export const importCounts = z.object({
  read: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  records: z.record(z.string(), z.object({ added: z.int(), changed: z.int(), unchanged: z.int() })),
  /** Lines with a negative amount or quantity: returns, netted within their day when customers are valued. */
  returns: z.int().optional(),
  /** Rejected rows by reason. */
  reasons: z.record(z.string(), z.int()).optional(),
});

export const importBatch = z.object({
  importBatchId: z.int(),
  kind: importKind,
  status: importStatus,
  fileName: z.string(),
  fileSize: z.int(),
  fileSha256: z.string(),
  reading: importReading,
  columns: z.array(importColumn),
  mapping: importMapping,
  questions: z.array(importQuestion),
  /** Of a workbook. */
  sheets: z.array(z.string()),
  /** What the reader of the file found odd, in the reader's language. */
  warnings: z.array(z.object({ code: z.string(), detail: z.string() })),
  /** Of the check until the import has run, then of the import. */
  counts: importCounts.nullable(),
  jobId: z.int().nullable(),
  error: z
    .object({
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      detail: z.string().optional(),
    })
    .nullable(),
  createdByName: z.string(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export const importBatchPage = pageOf(
  importBatch.omit({ columns: true, questions: true, sheets: true, warnings: true }),
);
export const importUploadQuery = z.object({
  kind: importKind,
  /** Of the whole file, where the sender knows it: an upload that differs has changed on the way and is refused. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export const importUndo = z.object({
  /** Leaves alone what something later has touched, instead of refusing. */
  keepTouched: z.boolean().default(false),
});
export const importErrorsQuery = pageQuery;
export const demoInput = z.object({
  customers: z.int().min(10).max(1_000_000).optional(),
  months: z.int().min(6).max(120).optional(),
  seed: z.int().min(0).optional(),
});
export const jobStarted = z.object({ jobId: z.int() });
export const importPatch = z.object({
  reading: readingInput.optional(),
  mapping: importMapping.extend({ currency: currencyCode }).partial().optional(),
});

/** The first rows as they would be taken in: each cell with its value or what is wrong with it. */
export const importPreview = z.object({
  fields: z.array(z.string()),
  rows: z.array(
    z.object({
      line: z.int(),
      cells: z.array(
        z.object({
          text: z.string(),
          value: z.string().nullable(),
          code: z.string().nullable(),
          detail: z.string().nullable(),
        }),
      ),
    }),
  ),
});

export const importRowError = z.object({
  line: z.int(),
  column: z.string(),
  code: z.string(),
  detail: z.string(),
  cells: z.array(z.string()),
});
export const importRowErrorPage = pageOf(importRowError);

export type DemoInput = z.infer<typeof demoInput>;
export type ImportKind = z.infer<typeof importKind>;
export type ImportStatus = z.infer<typeof importStatus>;
export type ImportReading = z.infer<typeof importReading>;
export type ImportColumn = z.infer<typeof importColumn>;
export type ImportMapping = z.infer<typeof importMapping>;
export type ImportQuestion = z.infer<typeof importQuestion>;
export type ImportCounts = z.infer<typeof importCounts>;
export type ImportBatch = z.infer<typeof importBatch>;
export type ImportPatch = z.infer<typeof importPatch>;
export type ImportPreview = z.infer<typeof importPreview>;
export type ImportRowError = z.infer<typeof importRowError>;
export type ImportRowErrorPage = z.infer<typeof importRowErrorPage>;
