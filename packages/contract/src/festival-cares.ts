import { z } from 'zod';
import { smallId, smallIdOfText, storable, text } from './input-parts.js';
import { day, several } from './page.js';

/** Festivals on which customers are thought of. Those of the Chinese and the Islamic calendar move from year to year. */
export const festivals = [
  'new-year',
  'spring-festival',
  'lantern-festival',
  'womens-day',
  'eid-al-fitr',
  'labour-day',
  'dragon-boat',
  'teachers-day',
  'mid-autumn',
  'national-day',
  'double-ninth',
  'thanksgiving',
  'christmas',
] as const;

const leadDays = z.int().min(0).max(365);
const minutes = z.int().min(5).max(480);
/** What is done; a greeting, where it is left out. */
const title = text(200);
const tierIds = z.array(smallId).max(50);
const regions = z.array(text(200)).max(100);
const segmentId = smallId;

/** Whose owner is reminded of a festival: customers of any of these tiers and any of these regions and the segment. */
export const festivalCareInput = z.object({
  festival: z.enum(festivals),
  title: title.nullable().default(null),
  /** So many days before the festival it stands in the list. */
  leadDays: leadDays.default(7),
  minutes: minutes.default(15),
  /** All tiers, when empty. */
  tierIds: tierIds.default([]),
  /** All regions, when empty; what stands before the stroke (`浙江省/杭州市`) stands for all behind it. */
  regions: regions.default([]),
  segmentId: segmentId.nullable().default(null),
  isOn: z.boolean().default(true),
});
export const festivalCarePatch = z.object({
  title: title.nullable().optional(),
  leadDays: leadDays.optional(),
  minutes: minutes.optional(),
  tierIds: tierIds.optional(),
  regions: regions.optional(),
  segmentId: segmentId.nullable().optional(),
  isOn: z.boolean().optional(),
  rowVersion: z.int(),
});
export const festivalCare = z.object({
  festivalCareId: z.int(),
  festival: z.enum(festivals),
  title: title.nullable(),
  leadDays,
  minutes,
  tiers: z.array(z.object({ tierId: z.int(), name: z.string() })),
  regions,
  segmentId: segmentId.nullable(),
  segmentName: z.string().nullable(),
  isOn: z.boolean(),
  /** The festival itself, the next time. */
  nextOn: day,
  /** The last day of work until then: what is sent later comes too late. */
  dueOn: day,
  open: z.int(),
  rowVersion: z.int(),
});
/** Whom a care would mean, before it is kept. */
export const festivalAudienceQuery = z.object({
  tierId: several(smallIdOfText),
  region: several(z.string().max(200).regex(storable)),
  segmentId: smallIdOfText.optional(),
});
export const festivalAudience = z.object({ customers: z.int() });
/** When each festival is next. */
export const festivalDay = z.object({ festival: z.enum(festivals), nextOn: day });

export type Festival = (typeof festivals)[number];
export type FestivalCare = z.infer<typeof festivalCare>;
export type FestivalCareInput = z.infer<typeof festivalCareInput>;
export type FestivalCarePatch = z.infer<typeof festivalCarePatch>;
