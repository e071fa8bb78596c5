import { z } from 'zod';
import { festivalCare, festivalDay } from './festival-cares.js';
import { lifecycleStage } from './lifecycle.js';

export * from './festival-cares.js';

/**
 * Tasks that are made by rule: the next meeting of a promised rhythm, care dates, contracts that end, records gone
 * stale, what customers wait for.
 */
export const madeTaskKinds = [
  'meeting',
  'birthday',
  'anniversary',
  'contract-anniversary',
  'contract-end',
  'stale-record',
  'response',
  'solution',
] as const;
export const madeTaskKind = z.enum(madeTaskKinds);

const leadDays = z.int().min(0).max(365);
const minutes = z.int().min(5).max(480);
const dueDays = z.int().min(0).max(365);
const title = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\0]*$/);

export const taskRule = z.object({
  kind: madeTaskKind,
  isOn: z.boolean(),
  /** So many days before the day it stands in the list. */
  leadDays,
  minutes,
  /** Open tasks of the kind that the reader sees. */
  open: z.int(),
  rowVersion: z.int(),
});
export const taskRulePatch = z.object({
  isOn: z.boolean().optional(),
  leadDays: leadDays.optional(),
  minutes: minutes.optional(),
  rowVersion: z.int(),
});

/** Whoever enters the stage gets this task. */
export const stageActionInput = z.object({
  stage: lifecycleStage,
  title,
  /** After the day on which the stage was entered. */
  dueDays: dueDays.default(7),
  minutes: minutes.default(30),
  isOn: z.boolean().default(true),
});
export const stageActionPatch = z.object({
  stage: lifecycleStage.optional(),
  title: title.optional(),
  dueDays: dueDays.optional(),
  minutes: minutes.optional(),
  isOn: z.boolean().optional(),
  rowVersion: z.int(),
});
export const stageAction = z.object({
  stageActionId: z.int(),
  stage: lifecycleStage,
  title,
  dueDays,
  minutes,
  isOn: z.boolean(),
  open: z.int(),
  rowVersion: z.int(),
});
export const taskRuleList = z.object({
  rules: z.array(taskRule),
  stageActions: z.array(stageAction),
  festivalCares: z.array(festivalCare),
  /** Those to choose from, the next first. */
  festivals: z.array(festivalDay),
});

export type MadeTaskKind = z.infer<typeof madeTaskKind>;
export type TaskRule = z.infer<typeof taskRule>;
export type TaskRulePatch = z.infer<typeof taskRulePatch>;
export type StageAction = z.infer<typeof stageAction>;
export type StageActionInput = z.infer<typeof stageActionInput>;
export type StageActionPatch = z.infer<typeof stageActionPatch>;
export type TaskRuleList = z.infer<typeof taskRuleList>;
