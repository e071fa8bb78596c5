import { z } from 'zod';
import { smallIdOfText, text } from './input-parts.js';
import { pageOf, pageQuery } from './page.js';

const moment = z.iso.datetime();

/** What a webhook may be told of. */
export const webhookEvents = [
  'warning.raised',
  'warning.settled',
  'tier.changed',
  'customer.transferred',
  'valuation.published',
  'contact.changed',
  'interaction.changed',
  'contract.changed',
  'payment.changed',
  'task.changed',
  'import.finished',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

const url = text(2000);
const name = text(100);
const events = z
  .array(z.enum(webhookEvents))
  .min(1)
  .max(webhookEvents.length)
  .refine((list) => new Set(list).size === list.length);

export const webhookInput = z.object({ name, url, events });
export const webhookPatch = z.object({
  name: name.optional(),
  url: url.optional(),
  events: events.optional(),
  /** On again also ends a pause. */
  isActive: z.boolean().optional(),
  rowVersion: z.int(),
});

export const webhookRow = z
  .object({
    webhookId: z.int(),
    name: z.string(),
    url: z.string(),
    events: z.array(z.enum(webhookEvents)),
    isActive: z.boolean(),
    failingSince: moment.nullable(),
    pausedAt: moment.nullable(),
    pauseReason: z.enum(['failing', 'maker_gone']).nullable(),
    /** It is sent what this person may see. */
    createdById: z.int(),
    createdByName: z.string(),
    waiting: z.int(),
    dead: z.int(),
    lastSentAt: moment.nullable(),
    rowVersion: z.int(),
  })
  .meta({ id: 'Webhook' });
export type WebhookRow = z.infer<typeof webhookRow>;
export const webhookList = z.object({ items: z.array(webhookRow) });

/** The secret is told in this answer alone. */
export const webhookMade = z.object({ webhook: webhookRow, secret: z.string() });
export type WebhookMade = z.infer<typeof webhookMade>;

export const deliveryStatuses = ['waiting', 'sent', 'dead', 'withdrawn'] as const;
export const deliveryAttempt = z.object({
  /** Of HTTP or SMTP; null where nothing answered. */
  status: z.int().nullable(),
  /** A code, null when it came through. */
  error: z.string().nullable(),
  milliseconds: z.int(),
  /** First 500 characters of the answer. */
  answer: z.string(),
  attemptedAt: moment,
});
export const deliveryRow = z
  .object({
    deliveryId: z.int(),
    channel: z.enum(['webhook', 'mail', 'robot']),
    kind: z.string(),
    status: z.enum(deliveryStatuses),
    /** The webhook, the group, or the person. */
    receiver: z.string().nullable(),
    message: z.record(z.string(), z.unknown()),
    attempts: z.array(deliveryAttempt),
    dueAt: moment,
    createdAt: moment,
    finishedAt: moment.nullable(),
    /** Given up, and not sent again by hand before. */
    canReplay: z.boolean(),
  })
  .meta({ id: 'Delivery' });
export type DeliveryRow = z.infer<typeof deliveryRow>;
export const deliveryPage = pageOf(deliveryRow);
export const deliveryQuery = pageQuery.extend({
  channel: z.enum(['webhook', 'mail', 'robot']).optional(),
  webhookId: smallIdOfText.optional(),
  robotId: smallIdOfText.optional(),
  status: z.enum(deliveryStatuses).optional(),
});
export type DeliveryQuery = z.infer<typeof deliveryQuery>;
