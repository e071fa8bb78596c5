import { usualChannels, type NoticeChannel, type NoticeKind } from '@kezi/contract';

const dayMinutes = 1440;

/** Minutes after midnight in a time zone. */
export function minutesIn(timeZone: string, now: Date): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const [hour = 0, minute = 0] = parts.format(now).split(':').map(Number);
  return hour * 60 + minute;
}

interface QuietHours {
  /** Minutes after midnight; null without quiet hours. */
  quietFrom: number | null;
  quietUntil: number | null;
}

/** The end of the quiet hours in which a moment lies, or null when it lies in none. They may pass midnight. */
export function quietUntil(
  { quietFrom, quietUntil: until }: QuietHours,
  timeZone: string,
  now: Date,
): Date | null {
  if (quietFrom === null || until === null || quietFrom === until) return null;
  const minute = minutesIn(timeZone, now);
  const sinceFrom = (minute - quietFrom + dayMinutes) % dayMinutes;
  const length = (until - quietFrom + dayMinutes) % dayMinutes;
  if (sinceFrom >= length) return null;
  const end = new Date(now.getTime() + (length - sinceFrom) * 60_000);
  end.setUTCSeconds(0, 0);
  return end;
}

/** Where a person is told of a kind: as they chose, else as the program has it. */
export function channelsOf(
  chosen: Readonly<Partial<Record<NoticeKind, readonly NoticeChannel[]>>>,
  kind: NoticeKind,
): readonly NoticeChannel[] {
  return chosen[kind] ?? usualChannels[kind];
}

/** Groups are told between these hours: warnings are found at night, and a group wakes everybody. */
export const groupHours: QuietHours = { quietFrom: 20 * 60, quietUntil: 8 * 60 };

/** So many of a kind at once are told one by one; more are one notice with their count. */
const fewOfAKind = 3;

/** What is told to one person at once, storms summed up. */
export function summedUp<Item extends { subjectId: number | null; isUrgent: boolean }>(
  items: readonly Item[],
): { subjectId: number | null; count: number; isUrgent: boolean }[] {
  if (items.length <= fewOfAKind) {
    return items.map(({ subjectId, isUrgent }) => ({ subjectId, isUrgent, count: 1 }));
  }
  return [{ subjectId: null, count: items.length, isUrgent: items.some(({ isUrgent }) => isUrgent) }];
}

/** Whether the hour of the daily digest has come; a program that was down catches up within three hours. */
export function isDigestHour(digestHour: number, timeZone: string, now: Date): boolean {
  const hour = Math.floor(minutesIn(timeZone, now) / 60);
  return hour >= digestHour && hour < digestHour + 3;
}
