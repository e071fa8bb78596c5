import { minorDigits } from '@kezi/contract/currencies';
import { CodedError } from '@kezi/contract/errors';

/** What of a receivable is still to come. */
export interface OpenReceivable {
  receivableId: number;
  title: string;
  currency: string;
  openMinor: number;
}

export interface Allocation {
  receivableId: number;
  amountMinor: number;
}

/**
 * Spreads a payment over receivables in the order in which they come, each filled before the next; what is left over belongs
 * to none.
 */
export function allocateInOrder(amountMinor: number, receivables: readonly OpenReceivable[]): Allocation[] {
  const allocations: Allocation[] = [];
  let left = amountMinor;
  for (const { receivableId, openMinor } of receivables) {
    const part = Math.min(left, openMinor);
    if (part <= 0) continue;
    allocations.push({ receivableId, amountMinor: part });
    left -= part;
  }
  return allocations;
}

/**
 * The allocations as they are wanted, each receivable once.
 * @throws CodedError payments.receivable_unknown, payments.currency_differs, payments.overpaid, payments.over_allocated
 */
export function allocateAsWanted(
  payment: { amountMinor: number; currency: string },
  wanted: readonly Allocation[],
  receivables: ReadonlyMap<number, OpenReceivable>,
): Allocation[] {
  const sums = new Map<number, number>();
  for (const { receivableId, amountMinor } of wanted) {
    sums.set(receivableId, (sums.get(receivableId) ?? 0) + amountMinor);
  }
  let total = 0;
  for (const [receivableId, amountMinor] of sums) {
    const receivable = receivables.get(receivableId);
    if (!receivable) throw new CodedError('payments.receivable_unknown');
    const { title, currency, openMinor } = receivable;
    if (currency !== payment.currency) {
      throw new CodedError('payments.currency_differs', {
        title,
        wanted: currency,
        currency: payment.currency,
      });
    }
    if (amountMinor > openMinor) {
      throw new CodedError('payments.overpaid', { title, open: majorText(openMinor, currency) });
    }
    total += amountMinor;
  }
  if (total > payment.amountMinor) throw new CodedError('payments.over_allocated');
  return [...sums].map(([receivableId, amountMinor]) => ({ receivableId, amountMinor }));
}

/** Minor units as people write them: 1205 of CNY is 12.05, of JPY 1205. */
function majorText(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(minor).padStart(digits + 1, '0');
  return digits === 0
    ? `${text} ${currency}`
    : `${text.slice(0, -digits)}.${text.slice(-digits)} ${currency}`;
}
