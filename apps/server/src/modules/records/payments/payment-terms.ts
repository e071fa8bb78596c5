import { CodedError } from '@kezi/contract/errors';
import type { Db } from '../../../platform/db/scoped-db.js';

/** Days that a customer has to pay; null where the source says nothing of it. */
type PaymentTerms = (db: Db, customerId: number) => Promise<number | null>;

const sources: PaymentTerms[] = [];

/** A later slice says what terms a customer has, such as those of its tier. Where there are several, the longest hold. */
export function registerPaymentTerms(source: PaymentTerms): void {
  sources.push(source);
}

interface Owed {
  customerId: number;
  contractId?: number | null | undefined;
  orderId?: number | null | undefined;
}

const dayMs = 86_400_000;

/**
 * The day on which something is due for which nobody named one: so many days after its order, else after today, as the
 * contract has it, else as the customer's terms are.
 * @throws CodedError payments.due_missing where neither says
 */
export async function dueDayOf(db: Db, owed: Owed, today: string): Promise<string> {
  const contract = owed.contractId
    ? await db
        .selectFrom('contract')
        .where('contract_id', '=', owed.contractId)
        .select('payment_days as days')
        .executeTakeFirst()
    : undefined;
  const terms = await Promise.all(sources.map((source) => source(db, owed.customerId)));
  const known = terms.filter((days) => days !== null);
  const days = contract?.days ?? (known.length === 0 ? null : Math.max(...known));
  if (days === null) throw new CodedError('payments.due_missing');
  const order = owed.orderId
    ? await db
        .selectFrom('customer_order')
        .where('order_id', '=', owed.orderId)
        .select('ordered_on as on')
        .executeTakeFirst()
    : undefined;
  const from = Date.parse(`${order?.on ?? today}T00:00:00Z`);
  return new Date(from + Math.round(days) * dayMs).toISOString().slice(0, 10);
}
