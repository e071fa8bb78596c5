/** Area under the curve with its 95 % interval; null where one of the kinds is missing. */
export interface AucInterval {
  auc: number | null;
  aucLow: number | null;
  aucHigh: number | null;
}

const Z = 1.959963984540054;

/**
 * 95 % interval of an AUC by the numbers of both kinds: Hanley & McNeil 1982, table 1 (the exponential approximation). At the
 * ends, where the normal interval has no width, three pairs against are allowed for (the rule of three).
 */
export function aucInterval(auc: number | null, label: Float64Array): AucInterval {
  const ones = label.reduce((sum, value) => sum + value, 0);
  const zeros = label.length - ones;
  if (auc === null) return { auc, aucLow: null, aucHigh: null };
  const q1 = auc / (2 - auc);
  const q2 = (2 * auc * auc) / (1 + auc);
  const variance =
    (auc * (1 - auc) + (ones - 1) * (q1 - auc * auc) + (zeros - 1) * (q2 - auc * auc)) / (ones * zeros);
  const margin = Math.max(Z * Math.sqrt(Math.max(0, variance)), 3 / (ones * zeros));
  return { auc, aucLow: Math.max(0, auc - margin), aucHigh: Math.min(1, auc + margin) };
}
