/**
 * Contracts by period, one row for each period in which a customer was at risk: period 1 is his first. event: 1 where he
 * left in that period, which is then his last row. Rows in any order; columns of equal length. A customer who was there before the data
 * begin has his first row later than 1, which is allowed.
 */
export interface PersonPeriods {
  /** A number for each customer, such as the codes of codeLevels. */
  customer: ArrayLike<number>;
  period: Float64Array;
  event: ArrayLike<number>;
}

/** What is wrong with a row (0-based), in a word. */
export interface PersonPeriodFault {
  row: number;
  fault: 'period' | 'event' | 'period-twice' | 'period-missing' | 'after-event';
}

const sentences: Readonly<Record<PersonPeriodFault['fault'], string>> = {
  period: 'the period is no whole number from 1',
  event: 'the event is neither 0 nor 1',
  'period-twice': 'the customer has this period twice',
  'period-missing': 'the customer has no row for the period before',
  'after-event': 'the customer had left before this period',
};

/** The first row that cannot be, or null. Sorts the rows: O(n log n). */
export function findPersonPeriodFault({ customer, period, event }: PersonPeriods): PersonPeriodFault | null {
  const size = period.length;
  if (customer.length !== size || event.length !== size)
    throw new RangeError('person periods: columns differ in length');
  for (let i = 0; i < size; i++) {
    if (!(Number.isInteger(period[i]) && period[i]! >= 1)) return { row: i, fault: 'period' };
    if (event[i] !== 0 && event[i] !== 1) return { row: i, fault: 'event' };
  }
  const order = Uint32Array.from(period, (_, i) => i).sort(
    (i, j) => customer[i]! - customer[j]! || period[i]! - period[j]!,
  );
  for (let k = 1; k < size; k++) {
    const [before, row] = [order[k - 1]!, order[k]!];
    if (customer[before] !== customer[row]) continue;
    if (period[row] === period[before]) return { row: Math.max(row, before), fault: 'period-twice' };
    if (event[before] === 1) return { row, fault: 'after-event' };
    if (period[row]! > period[before]! + 1) return { row, fault: 'period-missing' };
  }
  return null;
}

/** RangeError, naming the row and what is wrong with it. */
export function checkPersonPeriods(rows: PersonPeriods): void {
  const found = findPersonPeriodFault(rows);
  if (found !== null) throw new RangeError(`person periods, row ${found.row}: ${sentences[found.fault]}`);
}
