import { pathOfNotice, type NoticeKind } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { findPageAddress } from '../../../platform/mail/page-address.js';
import type { Outgoing } from '../../../platform/outbound/delivery-channel.js';
import type { Platform } from '../../../platform/platform.js';
import type { RobotText } from '../robots/index.js';
import { noticeWords } from './notice-words.js';

interface Customer {
  id: number;
  name: string;
  ownerName: string | null;
}

/** Customers that are the team's still, or the company's: one that has moved on is not named to its former team. */
async function customersOf(
  platform: Platform,
  ids: readonly number[],
  teamId: number | null,
): Promise<Customer[]> {
  const { rows } = await platform.db.asSystem((db) =>
    sql<Customer>`
      with recursive below as (
        select team_id from team where team_id = ${teamId}::int
        union all select t.team_id from team t join below b on t.parent_team_id = b.team_id)
      select c.customer_id as id, c.name, u.name as "ownerName" from customer c left join colleague u on u.user_id = c.owner_id
      where c.customer_id = any (${ids}::bigint[])
        and (${teamId}::int is null or c.team_id in (select team_id from below))
      order by array_position(${ids}::bigint[], c.customer_id)`.execute(db),
  );
  return rows;
}

/** What a group reads of something that happened to its customers. */
export async function writeGroupText(
  platform: Platform,
  { message }: Outgoing,
  { teamId }: { teamId: number | null },
): Promise<RobotText | null> {
  const { of, customerIds, count } = message as { of: NoticeKind; customerIds: number[]; count: number };
  const customers = await customersOf(platform, customerIds, teamId);
  if (customers.length === 0) return null;
  const { language, address } = await platform.db.asSystem(async (db) => {
    const row = await db.selectFrom('organisation').select('language').executeTakeFirstOrThrow();
    return { language: row.language as Language, address: await findPageAddress(db, platform.config) };
  });
  const words = noticeWords[language];
  const rest = count - customers.length;
  return {
    title: words.sentences[of]({ name: customers[0]?.name ?? null, count }),
    lines: [
      ...customers.map(({ id, name, ownerName }) => ({
        text: ownerName === null ? name : `${name} · ${ownerName}`,
        ...(address === null ? {} : { url: `${address}${pathOfNotice(of, id)}` }),
      })),
      ...(rest > 0 ? [{ text: words.more(rest) }] : []),
    ],
  };
}
