/** A share as people type it, in percent, without the dust of binary fractions: 0.07 is 7, not 7.000000000000001. */
export const percentOfShare = (share: number): number => Number((share * 100).toFixed(4));

/** The same back: 7 is 0.07. */
export const shareOfPercent = (percent: number): number => Number((percent / 100).toFixed(6));
