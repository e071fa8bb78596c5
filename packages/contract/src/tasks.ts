import { z } from 'zod';
import { idOfText, smallId, smallIdOfText, text } from './input-parts.js';
import { interactionInput } from './interactions.js';
import { day, ofSegments } from './page.js';
import { warningOutcome, warningRow } from './alerts.js';
import { madeTaskKinds } from './task-rules.js';

export * from './appraisal.js';
export * from './task-rules.js';

export const taskKinds = ['warning', 'next-step', 'manual', 'stage', 'festival', ...madeTaskKinds] as const;

export const taskInput = z.object({
  title: text(500),
  dueOn: day,
  /** How long it takes. */
  minutes: z.int().min(5).max(480).optional(),
  customerId: z.int().positive().nullish(),
  /** Whoever owns the customer, when left out; without a customer, whoever writes it. */
  assigneeId: smallId.nullish(),
  /** The warning that it answers. */
  warningId: z.int().positive().nullish(),
});
/** Why a task was taken off the list: by somebody, because its rule is off or asks for it no more, or with what it came from. */
export const taskCancellations = [
  'by-hand',
  'rule-off',
  'not-asked',
  'step-removed',
  'customer-erased',
] as const;
export const taskPatch = z.object({
  title: text(500).optional(),
  dueOn: day.optional(),
  minutes: z.int().min(5).max(480).optional(),
  assigneeId: smallId.nullish(),
  /** 'open' puts back what was cancelled. */
  status: z.enum(['open', 'cancelled']).optional(),
  /** Why it is cancelled, in words. */
  note: text(500).optional(),
  rowVersion: z.int(),
});
/** Done, with what was done written down where there is a customer; a warning behind it is handled with it. */
export const taskDone = z.object({
  interaction: interactionInput.optional(),
  outcome: warningOutcome.optional(),
  rowVersion: z.int(),
});

/** Done or cancelled by mistake. */
export const taskReopen = z.object({ rowVersion: z.int() });

export const taskRow = z.object({
  taskId: z.int(),
  kind: z.enum(taskKinds),
  title: z.string(),
  /** Of a task that a rule made: what its words are made of (`name` of the contact or the contract, days, years). */
  made: z.record(z.string(), z.union([z.number(), z.string(), z.null()])).nullable(),
  customerId: z.int().nullable(),
  customerName: z.string().nullable(),
  assigneeId: z.int().nullable(),
  assigneeName: z.string().nullable(),
  dueOn: day,
  minutes: z.int(),
  warningId: z.int().nullable(),
  status: z.enum(['open', 'done', 'cancelled']),
  doneAt: z.iso.datetime().nullable(),
  /** Of a cancelled one: why, when, and by whom where it was somebody. */
  cancelled: z
    .object({
      because: z.enum(taskCancellations),
      note: z.string().nullable(),
      at: z.iso.datetime(),
      byName: z.string().nullable(),
    })
    .nullable(),
  rowVersion: z.int(),
});

/** A line of the worklist: an open warning, or a task. */
export const worklistItem = z.object({
  source: z.enum(['warning', 'task']),
  customerId: z.int().nullable(),
  customerName: z.string().nullable(),
  assigneeId: z.int().nullable(),
  assigneeName: z.string().nullable(),
  dueOn: day,
  minutes: z.int(),
  /** Major units of the base currency: at risk for a warning, gained for a task as far as it can be told. */
  value: z.number(),
  valueAnHour: z.number(),
  warning: warningRow.nullable(),
  /** Further open warnings of the same customer: they stand in the same line, and are settled with it. */
  also: z.array(warningRow),
  task: taskRow.nullable(),
});
export const worklistQuery = ofSegments.extend({
  /** One's own, when left out; 'team': of everybody whom the reader sees. */
  whose: z.enum(['mine', 'team']).default('mine'),
  userId: smallIdOfText.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const worklist = z.object({
  today: day,
  currency: z.string(),
  items: z.array(worklistItem),
  total: z.object({
    count: z.int(),
    overdue: z.int(),
    dueToday: z.int(),
    minutes: z.int(),
    value: z.number(),
  }),
});

export const teamLoad = z.object({
  today: day,
  currency: z.string(),
  items: z.array(
    z.object({
      userId: z.int().nullable(),
      name: z.string().nullable(),
      warnings: z.int(),
      tasks: z.int(),
      overdue: z.int(),
      minutes: z.int(),
      valueAtRisk: z.number(),
      /** Warnings and tasks closed in the last 30 days. */
      closed: z.int(),
    }),
  ),
});

export const taskListQuery = ofSegments.extend({
  from: day,
  to: day,
  whose: z.enum(['mine', 'team']).default('mine'),
  customerId: idOfText.optional(),
  /** Cancelled ones too, with the reason. */
  cancelled: z.stringbool().default(false),
  /** Unsettled warnings that are due on these days too, save those that a task answers. */
  warnings: z.stringbool().default(false),
});
export const taskList = z.object({
  items: z.array(taskRow),
  /** The most valuable first; a snoozed one stands on the day on which it comes back. Empty where they are not asked for. */
  warnings: z.array(warningRow),
  /** What is not listed, by day: no day has more than a hundred of either kind listed, and all days together some thousand. */
  more: z.array(
    z.object({
      day,
      tasks: z.int(),
      /** Customers with warnings, of whom none of that day is listed. */
      customers: z.int(),
      valueAtRisk: z.number(),
    }),
  ),
});

export type TaskInput = z.infer<typeof taskInput>;
export type TaskPatch = z.infer<typeof taskPatch>;
export type TaskDone = z.infer<typeof taskDone>;
export type TaskRow = z.infer<typeof taskRow>;
export type WorklistItem = z.infer<typeof worklistItem>;
export type WorklistQuery = z.infer<typeof worklistQuery>;
export type Worklist = z.infer<typeof worklist>;
export type TeamLoad = z.infer<typeof teamLoad>;
export type TaskList = z.infer<typeof taskList>;
export type TaskListQuery = z.infer<typeof taskListQuery>;
