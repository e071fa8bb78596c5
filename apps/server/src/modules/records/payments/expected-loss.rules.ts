/*
 * Provision matrix, the simplified approach of IFRS 9 (5.5.15, B5.5.35): what is owed is put into classes by how long it has been
 * overdue, and each class is expected to lose the share that receivables of that age have lost before. Lost is what has not come in a
 * year after it was due.
 */

/** Days overdue from which each class begins; the first holds what is not due yet. */
export const classesFrom = [0, 1, 31, 61, 91, 181] as const;

/** Days after which what has not been received is taken for lost. */
export const lostAfterDays = 365;

/** Receivables whose outcome is known that a matrix takes; with fewer, one bad payer would be the rule for all. */
const fewestReceivables = 50;
/** Receivables that must have grown as old as a class for it to have a rate of its own; else it takes that of the class before. */
const fewestInClass = 10;

/** What became of receivables that were due a year ago or earlier. */
export interface PaymentHistory {
  receivables: number;
  /** Receivables of which something was open when each class began, and how much. */
  reached: readonly { receivables: number; openMinor: number }[];
  lostMinor: number;
}

/** By class, the share of what is open that is expected not to come; null where too little is known. Never falls with age. */
export function lossRates({ receivables, reached, lostMinor }: PaymentHistory): number[] | null {
  if (receivables < fewestReceivables) return null;
  let rate = 0;
  return reached.map((each) => {
    if (each.receivables >= fewestInClass && each.openMinor > 0)
      rate = Math.max(rate, Math.min(1, lostMinor / each.openMinor));
    return rate;
  });
}
