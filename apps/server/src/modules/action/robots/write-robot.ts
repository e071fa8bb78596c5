import type { NoticeKind, RobotRow, RobotVendor } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { SecretBox } from '../../../platform/auth/secret-box.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { readAllowedHosts } from '../../../platform/outbound/outbound-settings.js';
import { checkTarget } from '../../../platform/outbound/send-outside.js';
import { hostOfVendor } from './robots.rules.js';

const mostRobots = 100;

/** Robots of the company and of the teams that the reader sees. */
export async function findRobots(db: Db, which: RawBuilder<SqlBool> = sql`true`): Promise<RobotRow[]> {
  const { rows } = await sql<RobotRow>`
    select r.robot_id as "robotId", r.name, r.vendor, r.url_hint as "urlHint", r.secret is not null as "hasSecret",
      r.team_id as "teamId", t.name as "teamName", r.kinds, r.is_active as "isActive", r.row_version as "rowVersion"
    from robot r left join team t on t.team_id = r.team_id where ${which} order by r.robot_id`.execute(db);
  return rows;
}

/** @throws CodedError robots.not_found */
async function getRobot(db: Db, robotId: number): Promise<RobotRow> {
  const [row] = await findRobots(db, sql`r.robot_id = ${robotId}::int`);
  if (!row) throw new CodedError('robots.not_found');
  return row;
}

/** Groups of the company are the administrator's; those of a team, of whoever leads it. */
function mustKeep(principal: Principal, teamId: number | null): void {
  if (principal.role === 'administrator') return;
  const keeps = teamId !== null && (principal.scope === 'all' || principal.teamIds.includes(teamId));
  if (!keeps) throw new CodedError('robots.team_forbidden');
}

/** @throws CodedError robots.host_refused, outbound.* */
async function checkUrl(db: Db, vendor: RobotVendor, text: string): Promise<void> {
  const allowed = await readAllowedHosts(db);
  const url = checkTarget(text, allowed);
  const host = hostOfVendor[vendor];
  const isNamed = allowed.includes(url.host) || allowed.includes(url.hostname);
  if (url.hostname !== host && !isNamed) throw new CodedError('robots.host_refused', { vendor, host });
}

interface Writer {
  principal: Principal;
  box: SecretBox;
  now: Date;
}

interface NewRobot {
  name: string;
  vendor: RobotVendor;
  url: string;
  secret?: string | null | undefined;
  teamId: number | null;
  kinds: readonly NoticeKind[];
}

const hintOf = (url: string) => url.slice(-4);

/** @throws CodedError robots.team_forbidden, robots.too_many, robots.host_refused, outbound.* */
export async function createRobot(
  db: Db,
  { url, secret, ...wish }: NewRobot,
  { principal, box, now }: Writer,
): Promise<RobotRow> {
  mustKeep(principal, wish.teamId);
  await checkUrl(db, wish.vendor, url);
  if ((await findRobots(db)).length >= mostRobots)
    throw new CodedError('robots.too_many', { most: mostRobots });
  const { robot_id: robotId } = await db
    .insertInto('robot')
    .values({
      name: wish.name,
      vendor: wish.vendor,
      url: box.seal(url),
      url_hint: hintOf(url),
      secret: typeof secret === 'string' ? box.seal(secret) : null,
      team_id: wish.teamId,
      kinds: [...wish.kinds],
      created_at: now,
      updated_at: now,
    })
    .returning('robot_id')
    .executeTakeFirstOrThrow();
  await writeAudit(db, {
    action: 'robot.created',
    subject: 'robot',
    subjectId: robotId,
    changes: { ...wish },
  });
  return getRobot(db, robotId);
}

interface RobotChange {
  name?: string | undefined;
  url?: string | undefined;
  secret?: string | null | undefined;
  kinds?: NoticeKind[] | undefined;
  isActive?: boolean | undefined;
  rowVersion: number;
}

/** @throws CodedError robots.not_found, robots.changed, robots.team_forbidden, robots.host_refused, outbound.* */
export async function changeRobot(
  db: Db,
  robotId: number,
  { rowVersion, url, secret, ...patch }: RobotChange,
  { principal, box, now }: Writer,
): Promise<RobotRow> {
  const before = await getRobot(db, robotId);
  mustKeep(principal, before.teamId);
  if (url !== undefined) await checkUrl(db, before.vendor, url);
  const updated = await db
    .updateTable('robot')
    .set({
      name: patch.name ?? before.name,
      kinds: patch.kinds ?? before.kinds,
      is_active: patch.isActive ?? before.isActive,
      ...(url === undefined ? {} : { url: box.seal(url), url_hint: hintOf(url) }),
      ...(secret === undefined ? {} : { secret: secret === null ? null : box.seal(secret) }),
      row_version: sql<number>`row_version + 1`,
      updated_at: now,
    })
    .where('robot_id', '=', robotId)
    .where('row_version', '=', rowVersion)
    .executeTakeFirst();
  if (updated.numUpdatedRows !== 1n) throw new CodedError('robots.changed');
  await writeAudit(db, {
    action: 'robot.changed',
    subject: 'robot',
    subjectId: robotId,
    changes: {
      ...changesBetween({ ...before }, { ...patch }),
      ...(url === undefined ? {} : { url: true }),
      ...(secret === undefined ? {} : { secret: true }),
    },
  });
  return getRobot(db, robotId);
}

/** @throws CodedError robots.not_found, robots.team_forbidden */
export async function removeRobot(db: Db, robotId: number, principal: Principal): Promise<void> {
  const { name, teamId } = await getRobot(db, robotId);
  mustKeep(principal, teamId);
  await db.deleteFrom('robot').where('robot_id', '=', robotId).execute();
  await writeAudit(db, { action: 'robot.removed', subject: 'robot', subjectId: robotId, changes: { name } });
}

/** @throws CodedError robots.not_found, robots.team_forbidden */
export async function robotToKeep(db: Db, robotId: number, principal: Principal): Promise<RobotRow> {
  const row = await getRobot(db, robotId);
  mustKeep(principal, row.teamId);
  return row;
}
