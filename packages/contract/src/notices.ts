import { z } from 'zod';
import { smallId, storable, text } from './input-parts.js';
import { pageOf, pageQuery } from './page.js';

const moment = z.iso.datetime();

/** What a person is told of. */
export const noticeKinds = [
  'warning.raised',
  'warnings.ran',
  'task.assigned',
  'customer.received',
  'customer.recycling',
  'tier.changed',
  'tier.decided',
  'dispute.changed',
  'import.finished',
  'valuation.published',
  'webhook.paused',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** The page that a notice leads to, within the program; several at once (no subject) lead to their list. */
export function pathOfNotice(kind: NoticeKind, subjectId: number | null): string {
  switch (kind) {
    case 'warning.raised':
      return subjectId === null ? '/action/warnings' : `/customers/${subjectId}?tab=warnings`;
    case 'warnings.ran':
      return '/action/warnings';
    case 'task.assigned':
      return '/today';
    case 'customer.received':
    case 'tier.changed':
      return subjectId === null ? '/customers' : `/customers/${subjectId}`;
    case 'tier.decided':
      return subjectId === null ? '/grading/decisions' : `/customers/${subjectId}?tab=tier`;
    case 'customer.recycling':
      return '/customers';
    case 'dispute.changed':
      return '/customers/disputes';
    case 'import.finished':
      return subjectId === null ? '/imports' : `/imports/${subjectId}`;
    case 'valuation.published':
      return '/value';
    case 'webhook.paused':
      return '/settings/outbound';
    default:
      return kind satisfies never;
  }
}

export const noticeChannels = ['page', 'mail', 'robot'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];

/** As the program has it for whoever has not chosen: all in the page; by mail what is lost by waiting. */
export const usualChannels: Readonly<Record<NoticeKind, readonly NoticeChannel[]>> = {
  'warning.raised': ['page', 'mail'],
  'warnings.ran': ['page'],
  'task.assigned': ['page'],
  'customer.received': ['page', 'mail'],
  'customer.recycling': ['page', 'mail'],
  'tier.changed': ['page'],
  'tier.decided': ['page'],
  'dispute.changed': ['page'],
  'import.finished': ['page'],
  'valuation.published': [],
  'webhook.paused': ['page', 'mail'],
};

export const noticeRow = z
  .object({
    noticeId: z.int(),
    kind: z.enum(noticeKinds),
    /** Of a customer, a task, a run, a webhook, as the kind says; null where several are summed up. */
    subjectId: z.int().nullable(),
    /** The customer's name, while the reader may see it. */
    name: z.string().nullable(),
    count: z.int(),
    isUrgent: z.boolean(),
    createdAt: moment,
    readAt: moment.nullable(),
  })
  .meta({ id: 'Notice' });
export type NoticeRow = z.infer<typeof noticeRow>;
export const noticePage = pageOf(noticeRow).extend({ unread: z.int() });
export type NoticePage = z.infer<typeof noticePage>;
export const noticeQuery = pageQuery.extend({ unread: z.stringbool().optional() });
export type NoticeQuery = z.infer<typeof noticeQuery>;
/** All when no numbers are given. */
export const noticesRead = z.object({ noticeIds: z.array(z.int().positive()).max(200).optional() });

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const channelsOfKinds = z.partialRecord(
  z.enum(noticeKinds),
  z.array(z.enum(noticeChannels)).max(noticeChannels.length),
);
export const noticeSettings = z
  .object({
    channels: z.record(z.enum(noticeKinds), z.array(z.enum(noticeChannels))),
    robotId: z.int().nullable(),
    /** hh:mm in the organisation's time zone; null without quiet hours. */
    quietFrom: clockTime.nullable(),
    quietUntil: clockTime.nullable(),
    urgentPasses: z.boolean(),
    digestHour: z.int().nullable(),
    digestChannel: z.enum(['mail', 'robot']),
    timeZone: z.string(),
    /** Whether the administrator has set up a mail server. */
    hasMail: z.boolean(),
    rowVersion: z.int(),
  })
  .meta({ id: 'NoticeSettings' });
export type NoticeSettings = z.infer<typeof noticeSettings>;
export const noticeSettingsPatch = z
  .object({
    channels: channelsOfKinds.optional(),
    robotId: smallId.nullable().optional(),
    quietFrom: clockTime.nullable().optional(),
    quietUntil: clockTime.nullable().optional(),
    urgentPasses: z.boolean().optional(),
    digestHour: z.int().min(0).max(23).nullable().optional(),
    digestChannel: z.enum(['mail', 'robot']).optional(),
    rowVersion: z.int(),
  })
  .refine(
    ({ quietFrom, quietUntil }) =>
      (quietFrom ?? null) === null ? (quietUntil ?? null) === null : typeof quietUntil === 'string',
    {
      path: ['quietUntil'],
    },
  );
export type NoticeSettingsPatch = z.infer<typeof noticeSettingsPatch>;

export const robotVendors = ['wecom', 'dingtalk', 'feishu'] as const;
export type RobotVendor = (typeof robotVendors)[number];
const robotName = text(100);
const robotUrl = text(2000);
const robotSecret = text(200);
const robotKinds = z.array(z.enum(noticeKinds)).max(noticeKinds.length);
export const robotInput = z.object({
  name: robotName,
  vendor: z.enum(robotVendors),
  url: robotUrl,
  /** With which DingTalk and Feishu sign; WeCom has none. */
  secret: robotSecret.nullish(),
  /** Whose group it is; null for the whole company, which administrators alone may say. */
  teamId: smallId.nullable(),
  kinds: robotKinds,
});
export const robotPatch = z.object({
  name: robotName.optional(),
  url: robotUrl.optional(),
  secret: robotSecret.nullish(),
  kinds: robotKinds.optional(),
  isActive: z.boolean().optional(),
  rowVersion: z.int(),
});
export const robotRow = z
  .object({
    robotId: z.int(),
    name: z.string(),
    vendor: z.enum(robotVendors),
    /** The last characters of the address, which is kept secret. */
    urlHint: z.string(),
    hasSecret: z.boolean(),
    teamId: z.int().nullable(),
    teamName: z.string().nullable(),
    kinds: z.array(z.enum(noticeKinds)),
    isActive: z.boolean(),
    rowVersion: z.int(),
  })
  .meta({ id: 'Robot' });
export type RobotRow = z.infer<typeof robotRow>;
export const robotList = z.object({ items: z.array(robotRow) });

/** `host` or `host:port`, in lower case. */
const allowedHost = z
  .string()
  .trim()
  .toLowerCase()
  .max(260)
  .regex(/^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/);
const mailAddress = z.email().max(254);
export const outboundSettings = z
  .object({
    mailHost: z.string().nullable(),
    mailPort: z.int().nullable(),
    mailSecurity: z.enum(['tls', 'starttls', 'none']),
    mailUser: z.string().nullable(),
    hasMailPassword: z.boolean(),
    mailFrom: z.string().nullable(),
    /** Links in mails and groups begin with it. */
    pageAddress: z.string().nullable(),
    allowedHosts: z.array(z.string()),
    rowVersion: z.int(),
  })
  .meta({ id: 'OutboundSettings' });
export type OutboundSettings = z.infer<typeof outboundSettings>;
export const outboundSettingsPatch = z.object({
  mailHost: z
    .string()
    .trim()
    .max(253)
    .regex(/^[A-Za-z0-9.:-]+$/)
    .nullable()
    .optional(),
  mailPort: z.int().min(1).max(65_535).nullable().optional(),
  mailSecurity: z.enum(['tls', 'starttls', 'none']).optional(),
  mailUser: z.string().trim().max(254).regex(storable).nullable().optional(),
  mailPassword: z.string().min(1).max(500).regex(storable).nullable().optional(),
  mailFrom: mailAddress.nullable().optional(),
  pageAddress: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .nullable()
    .optional(),
  allowedHosts: z.array(allowedHost).max(50).optional(),
  rowVersion: z.int(),
});
export type OutboundSettingsPatch = z.infer<typeof outboundSettingsPatch>;

/** To whom; to oneself when left out. */
export const mailTest = z.object({ to: mailAddress.optional() });
/** What came of a test, made at once and once. */
export const testResult = z
  .object({
    ok: z.boolean(),
    status: z.int().nullable(),
    error: z.string().nullable(),
    answer: z.string(),
    milliseconds: z.int(),
  })
  .meta({ id: 'TestResult' });
export type TestResult = z.infer<typeof testResult>;
