import { expect, it } from 'vitest';
import { percentOfShare, shareOfPercent } from './typed-percent.js';

it('gives back what was typed, for every tenth of a percent', () => {
  for (let tenths = 0; tenths <= 1000; tenths++) {
    const typed = tenths / 10;
    expect(percentOfShare(shareOfPercent(typed))).toBe(typed);
    // As it may come from elsewhere, unrounded.
    expect(percentOfShare(typed / 100)).toBe(typed);
  }
});
