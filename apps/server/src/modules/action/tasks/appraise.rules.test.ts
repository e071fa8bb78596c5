import { describe, expect, it } from 'vitest';
import { appraise, type AppraisalCell } from './appraise.rules.js';

/** Customers worth `before` each, of whom a share became `up` times as much and the rest `down` times. */
function cellOf(
  holderId: number | null,
  cell: string,
  customers: number,
  each: { before: number; ratios: readonly number[] },
): AppraisalCell {
  const sums = { before: 0, now: 0, beforeSquared: 0, nowSquared: 0, product: 0 };
  for (let i = 0; i < customers; i++) {
    const now = each.before * each.ratios[i % each.ratios.length]!;
    sums.before += each.before;
    sums.now += now;
    sums.beforeSquared += each.before ** 2;
    sums.nowSquared += now ** 2;
    sums.product += each.before * now;
  }
  return { holderId, cell, stage: cell[0]!, customers, ...sums };
}

describe('the appraisal', () => {
  it('does not blame whoever was given the customers that fall', () => {
    const rows = [
      // Risky ones fall to a half with everybody, good ones grow by a tenth.
      cellOf(1, 'risky', 40, { before: 100, ratios: [0.4, 0.6] }),
      cellOf(2, 'good', 40, { before: 100, ratios: [1, 1.2] }),
      cellOf(3, 'risky', 60, { before: 100, ratios: [0.4, 0.6] }),
      cellOf(3, 'good', 60, { before: 100, ratios: [1, 1.2] }),
    ];
    const [first, second] = appraise(rows);
    expect(first).toMatchObject({ userId: 1, clvBefore: 4000, clvNow: 2000, verdict: 'no-difference' });
    expect(first?.clvExpected).toBeCloseTo(2000, 6);
    expect(second?.clvDifference).toBeCloseTo(0, 6);
    expect(first?.matchedShare).toBe(1);
  });

  it('sees who did better than others with customers alike, and not by luck', () => {
    const [own] = appraise([
      cellOf(1, 'risky', 40, { before: 100, ratios: [0.8, 0.9] }),
      cellOf(2, 'risky', 80, { before: 100, ratios: [0.4, 0.6] }),
    ]);
    expect(own?.verdict).toBe('above');
    expect(own?.clvDifference).toBeCloseTo(40 * 100 * (0.85 - 0.5), 6);
    // Spread by hand: residuals of a tenth of 100 each, squares 100, by value 1 for each; 4000 of it, and the yardstick's own error.
    const variance = (100 / 100) * (80 / 79) * 4000 * (1 + 4000 / 8000);
    expect(own!.clvDifferenceHigh - own!.clvDifference).toBeCloseTo(1.959964 * Math.sqrt(variance), 6);
  });

  it('takes the stage, or everybody, where few are alike; and says nothing where there is nobody', () => {
    const [own] = appraise([
      cellOf(1, 'r-gold', 5, { before: 100, ratios: [0.5] }),
      cellOf(2, 'r-plain', 30, { before: 10, ratios: [0.5] }),
    ]);
    expect(own).toMatchObject({ verdict: 'no-difference', matchedShare: 0, clvDifference: 0 });
    expect(own?.groups).toMatchObject([{ cell: 'r-gold', against: 'stage', peers: { customers: 30 } }]);
    expect(appraise([cellOf(1, 'r', 50, { before: 100, ratios: [0.5] })])[0]?.verdict).toBeNull();
  });
});
