import { noteKinds, noteStatuses, plainWord, type NoteKind } from '@kezi/contract';
import { sql } from 'kysely';
import type { RowFields } from '../../intake/imports/index.js';
import { recordsImport, type KnownRecord, type RecordInput, type RecordKind } from '../import-records.js';

const noteFields = [
  'customerId',
  'noteKind',
  'noteTitle',
  'notedOn',
  'noteStatus',
  'note',
  'saidBy',
  'sharePercent',
  'amount',
];

/** As people write them, besides the codes. */
const kindWords: Readonly<Record<NoteKind, readonly string[]>> = {
  need: ['需求', '客户需求', 'need', 'needs'],
  plan: ['拓展计划', '计划', '扩张计划', 'plan', 'expansion plan'],
  competitor: ['竞争对手', '竞品', '竞争者', '对手', 'competitor'],
  channel: ['间接客户', '终端客户', '最终用户', '下游客户', 'channel', 'indirect customer', 'end customer'],
};
const statusWords: Readonly<Record<string, readonly string[]>> = {
  open: ['待满足', '未满足', '进行中', 'open'],
  met: ['已满足', '已解决', 'met', 'done'],
  dropped: ['已放弃', '放弃', 'dropped'],
  planned: ['计划中', '未开始', 'planned'],
  underway: ['进行中', 'underway', 'in progress'],
  won: ['已做成', '已完成', '成功', 'won', 'done'],
  present: ['在供', '现有', 'present'],
  gone: ['已退出', '退出', 'gone'],
  active: ['供货中', '合作中', 'active'],
  former: ['已停止', '停止', 'former'],
};

function kindOf(fields: RowFields): NoteKind | null {
  const text = fields.required('noteKind', fields.text('noteKind', 100));
  if (text === null) return null;
  const found = noteKinds.find(
    (kind) => kind === plainWord(text) || kindWords[kind].includes(plainWord(text)),
  );
  return found ?? fields.refuseChoice('noteKind', text, kindWords);
}

function statusOf(fields: RowFields, kind: NoteKind): string | null {
  const text = fields.text('noteStatus', 100);
  if (text === null) return null;
  const found = noteStatuses[kind].find(
    (status) => status === plainWord(text) || statusWords[status]?.includes(plainWord(text)),
  );
  if (found !== undefined) return found;
  const words = Object.fromEntries(noteStatuses[kind].map((status) => [status, statusWords[status] ?? []]));
  return fields.refuseChoice('noteStatus', text, words);
}

/** '35%', '35', and 0.35 as a workbook holds a cell that shows 35%. */
function percentOf(fields: RowFields): number | null {
  const text = fields.text('sharePercent', 60);
  if (text === null) return null;
  const [, digits, sign] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(plainWord(text)) ?? [];
  const share = Number(digits);
  const percent = Math.round(sign === '' && share < 1 ? share * 100 : share);
  return percent >= 0 && percent <= 100
    ? percent
    : fields.refuse('sharePercent', 'imports.percent_unreadable', { text });
}

function readNote(fields: RowFields): RecordInput | null {
  const customerNo = fields.required('customerId', fields.id('customerId'));
  const kind = kindOf(fields);
  const title = fields.required('noteTitle', fields.text('noteTitle', 400));
  const notedOn = fields.required('notedOn', fields.day('notedOn'));
  const amount = fields.money('amount', fields.baseCurrency);
  if (amount !== null && amount < 0) {
    return fields.refuse('amount', 'imports.amount_negative');
  }
  if (customerNo === null || kind === null || title === null || notedOn === null) return null;
  const columns = {
    status: statusOf(fields, kind),
    detail: fields.text('note', 4000),
    said_by: fields.text('saidBy', 200),
    share_percent: percentOf(fields),
    amount_minor: amount,
  };
  if (fields.refusal) return null;
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null));
  return {
    customerNo,
    key: [customerNo, kind, title].join('\n'),
    columns: { kind, title, noted_on: notedOn, ...given },
  };
}

/** A note is known again by its customer, kind and title. */
const find: RecordKind['find'] = async (db, wanted) => {
  const { rows } = await sql<Omit<KnownRecord, 'key'> & { place: string }>`
    select distinct on (n.customer_id, n.kind, n.title) n.customer_note_id as id, n.customer_id as "customerId",
      n.customer_id || E'\\n' || n.kind || E'\\n' || n.title as place, to_jsonb(n) as row
    from customer_note n
    where n.deleted_at is null and n.customer_id = any (${wanted.map(({ customer }) => customer.customerId)}::bigint[])
    order by n.customer_id, n.kind, n.title, n.customer_note_id`.execute(db);
  const byPlace = new Map(rows.map(({ place, ...record }) => [place, record]));
  return wanted.flatMap(({ key, customer, input: { columns } }) => {
    const record = byPlace.get([customer.customerId, columns['kind'], columns['title']].join('\n'));
    return record ? [{ ...record, key }] : [];
  });
};

export const notesImport = recordsImport({
  kind: 'notes',
  table: 'customer_note',
  id: 'customer_note_id',
  fields: noteFields,
  keyField: 'noteTitle',
  required: ['customerId', 'noteKind', 'noteTitle', 'notedOn'],
  // The first word of its kind is meant where nothing is said.
  blank: ({ columns }) => ({ status: noteStatuses[columns['kind'] as NoteKind][0] }),
  read: readNote,
  find,
  isOfBooks: false,
  carriesOwner: false,
  inUse: 'false',
});
