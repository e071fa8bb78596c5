import { sql } from 'kysely';
import type { RowFields } from '../../intake/imports/index.js';
import {
  recordsImport,
  type KnownRecord,
  type RecordInput,
  type RecordKind,
  type Resolved,
} from '../import-records.js';

const receivableFields = ['customerId', 'receivableTitle', 'dueOn', 'amount', 'currency', 'contractNo'];

function readReceivable(fields: RowFields): RecordInput | null {
  const customerNo = fields.required('customerId', fields.id('customerId'));
  const title = fields.required('receivableTitle', fields.text('receivableTitle', 400));
  const dueOn = fields.required('dueOn', fields.day('dueOn'));
  const currency = fields.currency('currency');
  const amount = fields.required('amount', currency === null ? null : fields.money('amount', currency));
  const contractNo = fields.id('contractNo');
  if (customerNo === null || title === null || dueOn === null || amount === null) return null;
  if (amount <= 0) return fields.refuse('amount', 'imports.amount_not_positive');
  if (fields.refusal) return null;
  return {
    customerNo,
    key: [customerNo, title, dueOn].join('\n'),
    columns: { title, due_on: dueOn, currency, amount_minor: amount },
    names: { contractNo: contractNo === null ? [] : [contractNo] },
  };
}

/** The contract of which it is a part, among those of the customer. */
const resolve: NonNullable<RecordKind['resolve']> = async (db, wanted) => {
  const numbers = wanted.flatMap(({ input }) => input.names?.['contractNo'] ?? []);
  const { rows } = await sql<{ contractId: number; contractNo: string; customerId: number }>`
    select contract_id as "contractId", contract_no as "contractNo", customer_id as "customerId" from contract
    where deleted_at is null and contract_no = any (${numbers}::text[])`.execute(db);
  const byPlace = new Map(rows.map((row) => [`${row.customerId}\n${row.contractNo}`, row.contractId]));
  return wanted.map(({ input, customer }): Resolved => {
    const [contractNo] = input.names?.['contractNo'] ?? [];
    if (contractNo === undefined) return { columns: {} };
    const contractId = byPlace.get(`${customer.customerId}\n${contractNo}`);
    return contractId === undefined
      ? {
          refusal: {
            field: 'contractNo',
            code: 'imports.contract_unknown',
            params: { contract: contractNo },
          },
        }
      : { columns: { contract_id: contractId } };
  });
};

/** What is called the same and due on the same day is the same money: a file that comes again adds nothing. */
const find: RecordKind['find'] = async (db, wanted) => {
  const { rows } = await sql<Omit<KnownRecord, 'key'> & { place: string }>`
    select distinct on (v.customer_id, v.title, v.due_on) v.receivable_id as id, v.customer_id as "customerId",
      v.customer_id || E'\\n' || v.title || E'\\n' || v.due_on as place, to_jsonb(v) as row
    from receivable v
    where v.deleted_at is null and v.customer_id = any (${wanted.map(({ customer }) => customer.customerId)}::bigint[])
    order by v.customer_id, v.title, v.due_on, v.receivable_id`.execute(db);
  const byPlace = new Map(rows.map(({ place, ...record }) => [place, record]));
  return wanted.flatMap(({ key, customer, input: { columns } }) => {
    const record = byPlace.get([customer.customerId, columns['title'], columns['due_on']].join('\n'));
    return record ? [{ ...record, key }] : [];
  });
};

export const receivablesImport = recordsImport({
  kind: 'receivables',
  table: 'receivable',
  id: 'receivable_id',
  fields: receivableFields,
  keyField: 'receivableTitle',
  required: ['customerId', 'receivableTitle', 'dueOn', 'amount'],
  blank: () => ({ received_minor: 0 }),
  read: readReceivable,
  resolve,
  find,
  // What was received stays within what is owed, in its currency.
  check: (before, after) => {
    const received = Number(before['received_minor'] ?? 0);
    const breaks =
      received > 0 && (Number(after['amount_minor']) < received || after['currency'] !== before['currency']);
    return breaks ? { field: 'amount', code: 'payments.below_received' } : null;
  },
  isOfBooks: true,
  carriesOwner: true,
  inUse: 'exists (select from payment_allocation a where a.receivable_id = r.receivable_id)',
});
