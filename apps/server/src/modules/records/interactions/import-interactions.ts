import { longestSummary, type InteractionInput } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { RowFields } from '../../intake/imports/index.js';
import {
  recordsImport,
  type KnownRecord,
  type RecordInput,
  type RecordKind,
  type Resolved,
} from '../import-records.js';
import { isInTime } from './interactions.rules.js';
import { tellInteraction } from './write-interaction.js';

const interactionFields = [
  'customerId',
  'happenedAt',
  'summary',
  'interactionKind',
  'contactName',
  'userName',
  'outcome',
  'nextStep',
  'nextStepOn',
];

/** As people write them; a cell that holds one of them is of that kind. */
const kindWords: readonly (readonly [InteractionInput['kind'], RegExp])[] = [
  ['visit', /拜访|上门|走访|来访|visit/i],
  ['call', /电话|通话|去电|来电|call|phone/i],
  ['meeting', /会议|会谈|面谈|开会|meeting/i],
  ['mail', /邮件|邮箱|e-?mail/i],
  ['message', /微信|短信|消息|钉钉|飞书|qq|message|chat|wechat/i],
  ['note', /备注|记录|其他|note|other/i],
];
const kindChoices = {
  visit: ['拜访'],
  call: ['电话'],
  meeting: ['会议'],
  mail: ['邮件'],
  message: ['消息'],
  note: ['备注'],
};

/** Without a word it is a note. */
function kindOf(fields: RowFields): InteractionInput['kind'] | null {
  const text = fields.text('interactionKind', 100);
  if (text === null) return 'note';
  const found = kindWords.find(([, words]) => words.test(text));
  return found?.[0] ?? fields.refuseChoice('interactionKind', text, kindChoices);
}

/** Names in one cell, with signs between. */
function namesOf(fields: RowFields, field: 'contactName' | 'userName'): string[] {
  const parts = (fields.text(field, 2000) ?? '').split(/[、,，;；|/\n]/).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))].slice(0, 50);
}

function readInteraction(fields: RowFields): RecordInput | null {
  const customerNo = fields.required('customerId', fields.id('customerId'));
  const happenedAt = fields.required('happenedAt', fields.moment('happenedAt'));
  const summary = fields.required('summary', fields.text('summary', longestSummary));
  const nextStep = fields.text('nextStep', 500);
  const nextStepOn = fields.day('nextStepOn');
  const kind = kindOf(fields);
  const given = {
    outcome: fields.text('outcome', 1000),
    next_step: nextStep,
    next_step_on: nextStepOn,
  };
  if (customerNo === null || happenedAt === null || summary === null || kind === null) return null;
  if (nextStepOn !== null && nextStep === null) {
    return fields.refuse('nextStepOn', 'interactions.next_step_missing');
  }
  const contactNames = namesOf(fields, 'contactName');
  const userNames = namesOf(fields, 'userName');
  if (fields.refusal) return null;
  return {
    customerNo,
    key: [customerNo, kind, happenedAt, summary].join('\n'),
    columns: {
      kind,
      happened_at: happenedAt,
      summary,
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
    },
    names: { contactName: contactNames, userName: userNames },
  };
}

interface Named {
  id: number;
  name: string;
}

async function contactsNamed(db: Db, customerIds: readonly number[], names: readonly string[]) {
  if (names.length === 0) return new Map<string, number>();
  const { rows } = await sql<Named & { customerId: number }>`
    select distinct on (customer_id, name) contact_id as id, customer_id as "customerId", name from contact
    where deleted_at is null and customer_id = any (${[...customerIds]}::bigint[]) and name = any (${[...names]}::text[])
    order by customer_id, name, contact_id`.execute(db);
  return new Map(rows.map(({ id, customerId, name }) => [`${customerId}\n${name}`, id]));
}

/** By name and by mail address; who is called as somebody else is left to the mail address. */
async function usersNamed(db: Db, names: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
  if (names.length === 0) return new Map();
  const { rows } = await sql<{ said: string; ids: number[] }>`
    select said, array_agg(id order by id) as ids from (
      select u.id, n.said from unnest(${[...names]}::text[]) n(said)
        join app_user u on u.name = n.said or lower(u.email) = lower(n.said)) found
    group by said`.execute(db);
  return new Map(rows.map(({ said, ids }) => [said, ids]));
}

/** Who took part, and whether it has happened yet. Contacts are of the customer, colleagues those whom the user sees. */
const resolve: NonNullable<RecordKind['resolve']> = async (db, wanted, { now }) => {
  const namesIn = (field: 'contactName' | 'userName') => [
    ...new Set(wanted.flatMap(({ input }) => input.names?.[field] ?? [])),
  ];
  const customerIds = [...new Set(wanted.map(({ customer }) => customer.customerId))];
  const contacts = await contactsNamed(db, customerIds, namesIn('contactName'));
  const users = await usersNamed(db, namesIn('userName'));
  return wanted.map(({ input, customer }): Resolved => {
    if (!isInTime(new Date(String(input.columns['happened_at'])), now)) {
      return { refusal: { field: 'happenedAt', code: 'interactions.not_yet', params: {} } };
    }
    const contactIds: number[] = [];
    for (const name of input.names?.['contactName'] ?? []) {
      const id = contacts.get(`${customer.customerId}\n${name}`);
      if (id === undefined) {
        const params = { contact: name };
        return { refusal: { field: 'contactName', code: 'imports.contact_unknown', params } };
      }
      contactIds.push(id);
    }
    const userIds: number[] = [];
    for (const name of input.names?.['userName'] ?? []) {
      const [id, another] = users.get(name) ?? [];
      if (id === undefined || another !== undefined) {
        const code = id === undefined ? 'imports.owner_unknown' : 'imports.owner_ambiguous';
        return { refusal: { field: 'userName', code, params: { owner: name } } };
      }
      userIds.push(id);
    }
    return {
      columns: {
        ...(contactIds.length > 0 ? { contact_ids: contactIds } : {}),
        ...(userIds.length > 0 ? { user_ids: userIds } : {}),
      },
    };
  });
};

/** The same words of the same kind at the same moment are the same interaction. */
const find: RecordKind['find'] = async (db, wanted) => {
  const { rows } = await sql<Omit<KnownRecord, 'key'> & { at: string; kind: string; summary: string }>`
    select distinct on (i.customer_id, i.kind, i.happened_at, i.summary) i.interaction_id as id,
      i.customer_id as "customerId", i.kind, i.summary, moment.at,
      to_jsonb(i) || jsonb_build_object('happened_at', moment.at) as row
    from interaction i
      cross join lateral (select to_char(i.happened_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at) moment
    where i.deleted_at is null and i.customer_id = any (${wanted.map(({ customer }) => customer.customerId)}::bigint[])
      and i.happened_at = any (${wanted.map(({ input }) => String(input.columns['happened_at']))}::timestamptz[])
    order by i.customer_id, i.kind, i.happened_at, i.summary, i.interaction_id`.execute(db);
  const byPlace = new Map(
    rows.map(({ at, kind, summary, ...record }) => [
      [record.customerId, kind, at, summary].join('\n'),
      record,
    ]),
  );
  return wanted.flatMap(({ key, customer, input: { columns } }) => {
    const place = [customer.customerId, columns['kind'], columns['happened_at'], columns['summary']];
    const record = byPlace.get(place.join('\n'));
    return record ? [{ ...record, key }] : [];
  });
};

/** A next step with a day is a task, as when a person writes it. */
async function follow(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await sql<{ interactionId: number; customerId: number }>`
    select interaction_id as "interactionId", customer_id as "customerId" from interaction
    where interaction_id = any (${[...ids]}::bigint[]) and next_step_on is not null`.execute(db);
  for (const { interactionId, customerId } of rows) await tellInteraction(db, customerId, interactionId);
}

export const interactionsImport = recordsImport({
  kind: 'interactions',
  table: 'interaction',
  id: 'interaction_id',
  fields: interactionFields,
  keyField: 'happenedAt',
  required: ['customerId', 'happenedAt', 'summary'],
  blank: () => ({ contact_ids: [], user_ids: [] }),
  read: readInteraction,
  resolve,
  find,
  follow,
  isOfBooks: false,
  carriesOwner: false,
  inUse: `exists (select from attachment f where f.customer_id = r.customer_id and f.subject = 'interaction'
      and f.subject_id = r.interaction_id)
    or exists (select from task t where t.done_interaction_id = r.interaction_id)`,
});
