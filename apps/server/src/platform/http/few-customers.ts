/**
 * A sum, a mean or a share over fewer customers tells single ones to a reader who does not see each of them. Sums over rows
 * that the reader sees need no such bound: row-level security has left the others out.
 */
export const fewestInSum = 5;

/** Whether figures over so many of all customers may be told to a reader of this scope. */
export function maySum(scope: string, customers: number): boolean {
  return scope === 'all' || customers >= fewestInSum;
}
