import type { WarningRow } from './alerts.js';

/** A customer stands in a list or on a day once, with the first of its warnings in front: one talk answers them all. */
export function warningsByCustomer(warnings: readonly WarningRow[]): [WarningRow, ...WarningRow[]][] {
  const lines = new Map<number, [WarningRow, ...WarningRow[]]>();
  for (const warning of warnings) {
    const line = lines.get(warning.customerId);
    if (line) line.push(warning);
    else lines.set(warning.customerId, [warning]);
  }
  return [...lines.values()];
}
