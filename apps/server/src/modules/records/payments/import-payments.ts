import { sql } from 'kysely';
import type { RowFields } from '../../intake/imports/index.js';
import { recordsImport, type KnownRecord, type RecordInput } from '../import-records.js';

const paymentFields = ['paymentNo', 'customerId', 'receivedOn', 'amount', 'currency', 'method', 'note'];

function readPayment(fields: RowFields): RecordInput | null {
  const paymentNo = fields.required('paymentNo', fields.id('paymentNo'));
  const customerNo = fields.required('customerId', fields.id('customerId'));
  const receivedOn = fields.required('receivedOn', fields.day('receivedOn'));
  const currency = fields.currency('currency');
  const amount = fields.required('amount', currency === null ? null : fields.money('amount', currency));
  const columns = {
    received_on: receivedOn,
    currency,
    amount_minor: amount,
    method: fields.text('method', 100),
    note: fields.text('note', 1000),
  };
  if (paymentNo === null || customerNo === null || receivedOn === null || amount === null) return null;
  if (amount <= 0) return fields.refuse('amount', 'imports.amount_not_positive');
  if (fields.refusal) return null;
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null));
  return { customerNo, key: paymentNo, columns: { payment_no: paymentNo, ...given } };
}

/** What was set off against receivables stays within the payment, in its currency. */
function breaksAllocation(before: Record<string, unknown>, after: Record<string, unknown>): boolean {
  const allocated = Number(before['allocated_minor'] ?? 0);
  if (allocated === 0) return false;
  return Number(after['amount_minor']) < allocated || after['currency'] !== before['currency'];
}

export const paymentsImport = recordsImport({
  kind: 'payments',
  table: 'payment',
  id: 'payment_id',
  fields: paymentFields,
  keyField: 'paymentNo',
  required: ['paymentNo', 'customerId', 'receivedOn', 'amount'],
  // Not set off against anything yet.
  blank: () => ({ allocated_minor: 0 }),
  read: readPayment,
  find: async (db, wanted) => {
    const { rows } = await sql<KnownRecord>`
      select payment_id as id, payment_no as key, customer_id as "customerId", to_jsonb(p) as row from payment p
      where p.deleted_at is null and p.payment_no = any (${wanted.map(({ key }) => key)}::text[])`.execute(
      db,
    );
    return rows;
  },
  unique: { table: 'payment', column: 'payment_no' },
  check: (before, after) =>
    breaksAllocation(before, after) ? { field: 'amount', code: 'payments.over_allocated' } : null,
  isOfBooks: true,
  carriesOwner: true,
  inUse: 'exists (select from payment_allocation a where a.payment_id = r.payment_id)',
});
