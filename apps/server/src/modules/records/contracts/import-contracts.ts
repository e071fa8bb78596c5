import { sql } from 'kysely';
import type { RowFields } from '../../intake/imports/index.js';
import { recordsImport, type KnownRecord, type RecordInput } from '../import-records.js';

const contractFields = [
  'contractNo',
  'customerId',
  'contractTitle',
  'startsOn',
  'endsOn',
  'signedOn',
  'amount',
  'minimum',
  'currency',
  'note',
];

function amountOf(fields: RowFields, field: 'amount' | 'minimum', currency: string | null): number | null {
  const amount = currency === null ? null : fields.money(field, currency);
  if (amount === null) return null;
  if (field === 'minimum' && amount <= 0) return fields.refuse(field, 'imports.amount_not_positive');
  return amount < 0 ? fields.refuse(field, 'imports.amount_negative') : amount;
}

function readContract(fields: RowFields): RecordInput | null {
  const contractNo = fields.required('contractNo', fields.id('contractNo'));
  const customerNo = fields.required('customerId', fields.id('customerId'));
  const startsOn = fields.required('startsOn', fields.day('startsOn'));
  const endsOn = fields.day('endsOn');
  const currency = fields.currency('currency');
  const columns = {
    title: fields.text('contractTitle', 400),
    starts_on: startsOn,
    ends_on: endsOn,
    signed_on: fields.day('signedOn'),
    currency,
    amount_minor: amountOf(fields, 'amount', currency),
    minimum_minor: amountOf(fields, 'minimum', currency),
    terms: fields.text('note', 20_000),
  };
  if (contractNo === null || customerNo === null || startsOn === null || fields.refusal) return null;
  if (endsOn !== null && endsOn < startsOn) return fields.refuse('endsOn', 'contracts.days_reversed');
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null));
  return { customerNo, key: contractNo, columns: { contract_no: contractNo, ...given } };
}

const isReversed = ({ starts_on: from, ends_on: to }: Record<string, unknown>) =>
  typeof from === 'string' && typeof to === 'string' && to < from;

export const contractsImport = recordsImport({
  kind: 'contracts',
  table: 'contract',
  id: 'contract_id',
  fields: contractFields,
  keyField: 'contractNo',
  required: ['contractNo', 'customerId', 'startsOn'],
  // Sixty days' notice, as when a person adds one.
  blank: ({ key }) => ({ title: key, status: 'signed', notice_days: 60, is_renewed_by_itself: false }),
  read: readContract,
  find: async (db, wanted) => {
    const { rows } = await sql<KnownRecord>`
      select contract_id as id, contract_no as key, customer_id as "customerId", to_jsonb(k) as row from contract k
      where k.deleted_at is null and k.contract_no = any (${wanted.map(({ key }) => key)}::text[])`.execute(
      db,
    );
    return rows;
  },
  unique: { table: 'contract', column: 'contract_no' },
  check: (_before, after) =>
    isReversed(after) ? { field: 'startsOn', code: 'contracts.days_reversed' } : null,
  isOfBooks: true,
  carriesOwner: true,
  inUse: `exists (select from receivable v where v.contract_id = r.contract_id)
    or exists (select from attachment f where f.customer_id = r.customer_id and f.subject = 'contract'
      and f.subject_id = r.contract_id)`,
});
