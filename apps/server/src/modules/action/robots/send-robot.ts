import type { RobotVendor } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Attempt, DeliveryChannel, Outgoing } from '../../../platform/outbound/delivery-channel.js';
import { readAllowedHosts } from '../../../platform/outbound/outbound-settings.js';
import { sendOutside } from '../../../platform/outbound/send-outside.js';
import type { Platform } from '../../../platform/platform.js';
import { mostAMinute, requestFor, verdictOf, type RobotText } from './robots.rules.js';

interface Group {
  robotId: number;
  /** Whose group it is; null for the whole company. */
  teamId: number | null;
}

/** Writes what a group reads when it is sent; null when there is nothing to say any more. */
type WriteText = (platform: Platform, outgoing: Outgoing, group: Group) => Promise<RobotText | null>;

const writers = new Map<string, WriteText>();

/** Says how texts of a kind are written. */
export function registerRobotText(kind: string, write: WriteText): void {
  if (writers.has(kind)) throw new Error(`Two slices write texts of the kind ${kind}.`);
  writers.set(kind, write);
}

interface Robot {
  vendor: RobotVendor;
  url: string;
  secret: string | null;
}

const minuteMs = 60_000;

/** One message to a group, and how it ended. */
export async function tellGroup(
  platform: Platform,
  { vendor, ...robot }: Robot,
  text: RobotText,
  allowedHosts: readonly string[],
): Promise<Exclude<Attempt, { end: 'withdrawn' }>> {
  const began = performance.now();
  try {
    const now = platform.clock.now();
    const { url, body } = requestFor(vendor, robot, text, now);
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const { status, answer, milliseconds } = await sendOutside({ url, body, headers, allowedHosts });
    const verdict = verdictOf(vendor, status, answer);
    if (verdict === 'too-many') return { end: 'held', until: new Date(now.getTime() + minuteMs) };
    return verdict === 'taken'
      ? { end: 'through', status, answer, milliseconds }
      : { end: 'failed', status, error: 'robots.answered_error', answer, milliseconds };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const milliseconds = Math.round(performance.now() - began);
    return { end: 'failed', status: null, error: error.code, answer: '', milliseconds };
  }
}

/** When the robot may speak again, or null when it may now. */
async function fullUntil(db: Db, robotId: number, now: Date): Promise<Date | null> {
  const since = new Date(now.getTime() - minuteMs).toISOString();
  const { rows } = await sql<{ at: string }>`
    select a.attempted_at as at from delivery_attempt a join delivery d using (delivery_id)
    where d.robot_id = ${robotId}::int and a.attempted_at > ${since}::timestamptz
    order by a.attempted_at desc limit ${mostAMinute}`.execute(db);
  const oldest = rows.length < mostAMinute ? undefined : rows.at(-1);
  return oldest ? new Date(new Date(oldest.at).getTime() + minuteMs) : null;
}

/** The robot with its address, opened; null when there is none that is on. */
export async function openRobot(platform: Platform, db: Db, robotId: number) {
  const row = await db
    .selectFrom('robot')
    .selectAll()
    .where('robot_id', '=', robotId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!row) return null;
  return {
    vendor: row.vendor as RobotVendor,
    url: platform.box.open(row.url),
    secret: row.secret === null ? null : platform.box.open(row.secret),
    teamId: row.team_id,
  };
}

async function send(platform: Platform, outgoing: Outgoing): Promise<Attempt> {
  const robotId = outgoing.robotId ?? 0;
  const now = platform.clock.now();
  const { robot, until, allowedHosts } = await platform.db.asSystem(async (db) => ({
    robot: await openRobot(platform, db, robotId),
    until: await fullUntil(db, robotId, now),
    allowedHosts: await readAllowedHosts(db),
  }));
  if (!robot) return { end: 'withdrawn' };
  if (until) return { end: 'held', until };
  const { vendor, url, secret, teamId } = robot;
  if (url === null) {
    return { end: 'failed', status: null, error: 'outbound.secret_lost', answer: '', milliseconds: 0 };
  }
  const write = writers.get(outgoing.kind);
  if (!write) throw new Error(`Nobody writes texts of the kind ${outgoing.kind}.`);
  const text = await write(platform, outgoing, { robotId, teamId });
  if (!text) return { end: 'withdrawn' };
  return tellGroup(platform, { vendor, url, secret }, text, allowedHosts);
}

export const robotChannel: DeliveryChannel = { name: 'robot', send };
