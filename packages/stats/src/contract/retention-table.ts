/**
 * Survivors of one cohort: how many customers still held the contract at each period (0, 1, 2 ...; gaps are allowed),
 * as columns of equal length. The first row is the cohort at its start, or at the first period that was recorded.
 */
export interface RetentionTable {
  period: Float64Array;
  survivors: Float64Array;
}

/** RangeError, naming the first bad row, unless periods are whole and rising and survivors do not rise. */
export function checkRetentionTable({ period, survivors }: RetentionTable): void {
  if (period.length !== survivors.length) throw new RangeError('retention table: columns differ in length');
  for (let i = 0; i < period.length; i++) {
    const [t, n] = [period[i]!, survivors[i]!];
    if (!(Number.isInteger(t) && t >= 0 && (i === 0 || t > period[i - 1]!)))
      throw new RangeError(
        `retention table, row ${i}: period ${t} must be a whole number above the one before`,
      );
    if (!(n >= 0 && n < Number.POSITIVE_INFINITY && (i === 0 || n <= survivors[i - 1]!)))
      throw new RangeError(
        `retention table, row ${i}: ${n} survivors are negative or more than the row before`,
      );
  }
}
