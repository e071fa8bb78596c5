import { z } from 'zod';
import { idOfText, smallIdOfText } from './input-parts.js';
import { interactionInput } from './interactions.js';
import { day, ofSegments, pageOf, pageQuery, several } from './page.js';

export const warningStatuses = ['open', 'snoozed', 'handled', 'false-alarm', 'gone'] as const;
export const warningStatus = z.enum(warningStatuses);

/** How it ended: the customer was kept or lost, is being watched, or nothing was to be done. */
export const warningOutcomes = ['kept', 'lost', 'watching', 'no-action'] as const;
export const warningOutcome = z.enum(warningOutcomes);

/** Detectors are declared by slices; their names are text here. Words: `alerts.detector.<id>`, `alerts.play.<id>`. */
const detectorId = z.string().min(1).max(60);

export const warningRow = z.object({
  warningId: z.int(),
  customerId: z.int(),
  customerName: z.string(),
  ownerId: z.int().nullable(),
  ownerName: z.string().nullable(),
  detectorId,
  status: warningStatus,
  /** 1 at the cut of the detector; the higher the worse. */
  score: z.number(),
  /** Major units of the base currency, as is `clv`. */
  valueAtRisk: z.number(),
  clv: z.number(),
  /** Figures and names that the reasons are made of. */
  evidence: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  /** What the policy recommends for the customer's tier; null: the words of the detector. */
  play: z.string().nullable(),
  raisedOn: day,
  dueOn: day,
  seenOn: day,
  timesSeen: z.int(),
  snoozedUntil: day.nullable(),
  outcome: warningOutcome.nullable(),
  note: z.string().nullable(),
  closedByName: z.string().nullable(),
  closedAt: z.iso.datetime().nullable(),
  rowVersion: z.int(),
});
export const warningPage = pageOf(warningRow).extend({
  currency: z.string(),
  /** Over all pages. */
  total: z.object({ count: z.int(), valueAtRisk: z.number() }),
  /** Warnings of the last run that were summed up, of customers whom the reader sees; on the first page alone. */
  folded: z.array(z.object({ detectorId, count: z.int(), valueAtRisk: z.number() })),
  /** The day of the last check; null before the first one. */
  asOf: day.nullable(),
  /** Whether there is a valuation: without one nothing can be checked. */
  isValued: z.boolean(),
});

export const warningListQuery = pageQuery.extend({
  status: several(warningStatus),
  detector: several(detectorId),
  ownerId: several(smallIdOfText),
  customerId: idOfText.optional(),
  ...ofSegments.shape,
});

/** A customer behind warnings that were summed up: no warning of its own, but all that one would say. */
export const foldedRow = warningRow.pick({
  customerId: true,
  customerName: true,
  ownerId: true,
  ownerName: true,
  detectorId: true,
  score: true,
  valueAtRisk: true,
  evidence: true,
  play: true,
});
export const foldedPage = pageOf(foldedRow).extend({
  currency: z.string(),
  /** Over all pages. */
  total: z.object({ count: z.int(), valueAtRisk: z.number() }),
});
export const foldedQuery = pageQuery.extend(ofSegments.shape);

export const snoozeInput = z.object({
  until: day,
  note: z.string().trim().max(2000).nullish(),
  withOthers: z.boolean().optional(),
  rowVersion: z.int(),
});
export const handleInput = z.object({
  outcome: warningOutcome,
  note: z.string().trim().max(2000).nullish(),
  /** What was done with the customer: written down in the same go. */
  interaction: interactionInput.optional(),
  /** The other unsettled warnings of the customer with it: one talk answers them all. */
  withOthers: z.boolean().optional(),
  rowVersion: z.int(),
});
export const reopenInput = z.object({ rowVersion: z.int() });
export const falseAlarmInput = z.object({ note: z.string().trim().max(2000).nullish(), rowVersion: z.int() });

/** What was measured of a detector on the past; the words of the command line and the page are made from it. */
const rule = z.object({
  alarms: z.int(),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
});
export const detectorBacktest = z.object({
  detector: detectorId,
  from: day,
  to: day,
  looks: z.int(),
  customers: z.int(),
  rows: z.int(),
  outcomeDays: z.int(),
  yardstickDays: z.int().nullable(),
  /** The score from which on it warns: what the organisation has set. */
  threshold: z.number(),
  /** Where tiers differ: at how many looks no tier of the time is known and that of today stands in. Null: no tier differs. */
  tiersOfToday: z.int().nullable(),
  scale: z.number(),
  baseRate: z.number(),
  yardstick: rule,
  equalRecall: rule
    .extend({
      cut: z.number(),
      gain: z.number(),
      gainLow: z.number(),
      gainHigh: z.number(),
      verdict: z.enum(['better', 'worse', 'no-difference']),
    })
    .nullable(),
  own: rule.extend({
    warnings: z.int(),
    warningsAWeek: z.number(),
    warningPrecision: z.number().nullable(),
    leadDays: z.number().nullable(),
  }),
});

const threshold = z.number().min(0.1).max(10);
const dueDays = z.int().min(0).max(365);
const play = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[^\0]*$/);

/** What differs for the customers of one tier; null: as for everybody else. */
const detectorTier = z.object({
  tierId: z.int().positive(),
  isOn: z.boolean(),
  threshold: threshold.nullable(),
  dueDays: dueDays.nullable(),
  play: play.nullable(),
});

export const detectorRow = z.object({
  detectorId,
  /** What it is called, for readers who have no words of their own for it. */
  name: z.object({ 'zh-CN': z.string(), 'en-US': z.string() }),
  isOn: z.boolean(),
  /** Times the detector's own cut. */
  threshold: z.number(),
  mostAtOnce: z.int(),
  /** Whether the past holds what it needs: only then can it be back-tested. */
  isBacktestable: z.boolean(),
  /** Found or not: its threshold says nothing. */
  isYesNo: z.boolean(),
  dueDays: z.int(),
  play: z.string().nullable(),
  tiers: z.array(detectorTier),
  /** Of a detector that is a trained model: how often it came true, by tenths of what it said. */
  calibration: z
    .array(z.object({ rows: z.number(), meanPredicted: z.number(), rate: z.number() }))
    .nullable(),
  /** Counts of the warnings that the reader may see. */
  open: z.int(),
  handled: z.int(),
  falseAlarms: z.int(),
  /** Of those that people closed: not a false alarm. Null before anybody closed one. */
  precision: z.number().nullable(),
  /** Median days from the warning to the loss, of customers who were lost after one. Null where none was. */
  leadDays: z.number().nullable(),
  rowVersion: z.int(),
});
export const detectorList = z.object({ items: z.array(detectorRow) });
export const detectorPatch = z.object({
  isOn: z.boolean().optional(),
  threshold: threshold.optional(),
  mostAtOnce: z.int().min(1).max(100_000).optional(),
  dueDays: dueDays.optional(),
  play: play.nullable().optional(),
  /** All tiers that differ, in place of those that did. */
  tiers: z.array(detectorTier).max(200).optional(),
  /** Switch on although it would raise more at once than the limit. */
  confirmed: z.boolean().optional(),
  rowVersion: z.int(),
});
/** What switching on would raise now. */
export const detectorPreview = z.object({
  count: z.int(),
  valueAtRisk: z.number(),
  mostAtOnce: z.int(),
  asOf: day,
});

/** Of everybody, where a run would look at those alone of whom something changed; the result is the same. */
export const warningRunQuery = z.object({ everybody: z.stringbool().optional() });
export const warningRunStarted = z.object({ jobId: z.int() });

export type WarningStatus = z.infer<typeof warningStatus>;
export type WarningOutcome = z.infer<typeof warningOutcome>;
export type WarningRow = z.infer<typeof warningRow>;
export type WarningPage = z.infer<typeof warningPage>;
export type WarningListQuery = z.infer<typeof warningListQuery>;
export type FoldedRow = z.infer<typeof foldedRow>;
export type FoldedPage = z.infer<typeof foldedPage>;
export type FoldedQuery = z.infer<typeof foldedQuery>;
export type DetectorRow = z.infer<typeof detectorRow>;
export type DetectorTier = z.infer<typeof detectorTier>;
export type DetectorPatch = z.infer<typeof detectorPatch>;
export type DetectorPreview = z.infer<typeof detectorPreview>;
export type DetectorBacktestRow = z.infer<typeof detectorBacktest>;
