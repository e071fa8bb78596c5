import {
  CodedError,
  messageOf,
  type ErrorCode,
  type ErrorParams,
  type Language,
} from '@kezi/contract/errors';
import { Client } from 'pg';
import type { Config } from '../config.js';
import { openData } from '../platform/data-folder.js';

interface AuditReport {
  ok: boolean;
  detail: string;
  /** Links of the chain. */
  links: number;
  /** Entries that wait to become links; minutes at most while a server runs. */
  waiting: number;
  /** Entries out of which a person's data was taken. */
  erased: number;
  /** The last link, to be kept elsewhere: `number:hash`. A chain that was made anew as a whole does not contain it. */
  head: string | null;
  /** The first entry that is not as it was written, was removed, or came in beside the chain. */
  firstBrokenEntryId: number | null;
}

interface Break {
  link_no: string;
  audit_entry_id: string;
  reason: 'removed' | 'changed' | 'link_changed';
}

/** The first link whose number, entry, content or hash is not what the links before it and its entry make of it. */
const firstBreak = `
  with chain as (
    select l.*, lag(l.hash, 1, ''::bytea) over (order by l.link_no) as before,
      row_number() over (order by l.link_no) as place
    from audit_link l)
  select c.link_no, c.audit_entry_id,
    case when c.link_no <> c.place then 'link_changed'
      when a.audit_entry_id is null then 'removed'
      when a.erased_at is null and audit_content(a) <> c.content_sha256 then 'changed'
      when sha256(c.before || audit_head(a) || c.content_sha256) <> c.hash then 'changed'
    end as reason
  from chain c left join audit_entry a using (audit_entry_id)
  where c.link_no <> c.place or a.audit_entry_id is null
    or (a.erased_at is null and audit_content(a) <> c.content_sha256)
    or sha256(c.before || audit_head(a) || c.content_sha256) <> c.hash
  order by c.place limit 1`;

/** The first entry that is neither a link nor waits to become one, or waits and is gone. */
const firstStray = `
  select audit_entry_id, reason from (
    (select a.audit_entry_id, 'inserted' as reason from audit_entry a
      where not exists (select from audit_link l where l.audit_entry_id = a.audit_entry_id)
        and not exists (select from audit_unsealed u where u.audit_entry_id = a.audit_entry_id)
      order by 1 limit 1)
    union all
    (select u.audit_entry_id, 'removed' from audit_unsealed u
      where not exists (select from audit_entry a where a.audit_entry_id = u.audit_entry_id)
      order by 1 limit 1)) stray
  order by 1 limit 1`;

type Finding = { entryId: number; code: ErrorCode; params: ErrorParams };

const codeOf = {
  changed: 'audit.entry_changed',
  link_changed: 'audit.link_changed',
  removed: 'audit.entry_removed',
  inserted: 'audit.entry_inserted',
} as const satisfies Record<string, ErrorCode>;

async function findBreak(client: Client): Promise<Finding | null> {
  const { rows: breaks } = await client.query<Break>(firstBreak);
  const [link] = breaks;
  if (link) {
    const entryId = Number(link.audit_entry_id);
    return { entryId, code: codeOf[link.reason], params: { entry: entryId, link: Number(link.link_no) } };
  }
  const { rows } = await client.query<{ audit_entry_id: string; reason: 'inserted' | 'removed' }>(firstStray);
  const [stray] = rows;
  if (!stray) return null;
  const entryId = Number(stray.audit_entry_id);
  return { entryId, code: codeOf[stray.reason], params: { entry: entryId } };
}

/** Whether the chain still holds the link that somebody wrote down earlier. */
async function holdsHead(client: Client, head: string): Promise<boolean> {
  const [number = '', hash = ''] = head.split(':');
  if (!/^\d{1,15}$/.test(number) || !/^[0-9a-f]{64}$/.test(hash)) {
    throw new CodedError('audit.head_unreadable', { head });
  }
  const { rowCount } = await client.query(
    `select 1 from audit_link where link_no = $1 and encode(hash, 'hex') = $2`,
    [number, hash],
  );
  return rowCount === 1;
}

interface Counts {
  links: string;
  waiting: string;
  erased: string;
  head: string | null;
}

const counts = `
  select (select count(*) from audit_link) as links, (select count(*) from audit_unsealed) as waiting,
    (select count(*) from audit_entry where erased_at is not null) as erased,
    (select link_no || ':' || encode(hash, 'hex') from audit_link order by link_no desc limit 1) as head`;

/**
 * Goes through the audit's chain from its first link to its last, in one snapshot. Changes nothing.
 * @throws CodedError audit.head_unreadable
 */
export async function verifyAudit(
  config: Config,
  options: { language: Language; head?: string | undefined },
): Promise<AuditReport> {
  const data = await openData(config, { mayShare: true, mustExist: true });
  try {
    return await verifyChain(data.address.ownerUrl, options);
  } finally {
    await data.close();
  }
}

/** The same on a database that is open already. */
export async function verifyChain(
  ownerUrl: string,
  { language, head }: { language: Language; head?: string | undefined },
): Promise<AuditReport> {
  const client = new Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query<Counts>(counts);
    const links = Number(rows[0]?.links);
    let finding = await findBreak(client);
    if (!finding && head !== undefined && !(await holdsHead(client, head))) {
      finding = { entryId: 0, code: 'audit.head_missing', params: { head } };
    }
    const detail = finding
      ? messageOf(finding.code, finding.params, language)
      : messageOf('audit.chain_holds', { links }, language);
    return {
      ok: finding === null,
      detail,
      links,
      waiting: Number(rows[0]?.waiting),
      erased: Number(rows[0]?.erased),
      head: rows[0]?.head ?? null,
      firstBrokenEntryId: finding === null || finding.entryId === 0 ? null : finding.entryId,
    };
  } finally {
    await client.end();
  }
}
