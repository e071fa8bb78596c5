import { z } from 'zod';
import { day } from './page.js';

/** Persons who were put aside, who left their company, and of whose customer nothing was heard. */
export const retentionKinds = ['deleted', 'left', 'silent'] as const;
const kind = z.enum(retentionKinds);
const months = z.int().min(1).max(240);

/** Nobody is erased within so many days after a period was set or shortened. */
export const retentionGraceDays = 7;
/** So many days before it happens it is shown who will be erased. */
export const retentionNoticeDays = 30;

/** Months by kind; kept until somebody erases them where there are none. */
const periods = z.partialRecord(kind, months);
export const retentionInput = z.object({ periods });
/** What periods would do that are not set yet; those that are set when left out. */
export const retentionQuery = z.object({
  deleted: z.coerce.number().pipe(months).optional(),
  left: z.coerce.number().pipe(months).optional(),
  silent: z.coerce.number().pipe(months).optional(),
});

const duePerson = z.object({
  contactId: z.int(),
  name: z.string(),
  customerId: z.int(),
  customerName: z.string(),
  kind,
  /** The day from which the period is over. */
  dueOn: day,
});
export const retention = z.object({
  periods: z.array(
    z.object({
      kind,
      months,
      /** The first day on which somebody may be erased by it; null for a period that is not set yet. */
      strikesOn: day.nullable(),
      /** Persons whose period is over. */
      dueNow: z.int(),
      /** Those of whom it will be within the days of notice. */
      dueSoon: z.int(),
    }),
  ),
  /** Who is next, at most a hundred. */
  next: z.array(duePerson),
  /** What the last night did; null before the first. */
  lastRun: z.object({ at: z.iso.datetime(), erased: z.int() }).nullable(),
});

export type RetentionKind = z.infer<typeof kind>;
export type RetentionPeriods = z.infer<typeof periods>;
export type Retention = z.infer<typeof retention>;
