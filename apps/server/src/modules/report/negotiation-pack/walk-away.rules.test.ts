import { describe, expect, it } from 'vitest';
import { walkAwayOf } from './walk-away.rules.js';

const known = {
  amountMinor: 1000_00,
  marginMinor: 300_00,
  serviceMinor: 50_00,
  pAlive: 0.8,
  warned: [],
  ceilingRate: 0.1,
};

describe('how far a price can go', () => {
  it('is what margin leaves after service; a discount pays for the chance that it takes away', () => {
    const found = walkAwayOf(known)!;
    expect(found.marginFloorRate).toBeCloseTo(0.25, 12);
    expect(found.marginFloorMinor).toBeCloseTo(250_00, 6);
    expect(found.marginBreakEvenRate).toBeCloseTo(0.05, 12);
    // With it and without it the same is left.
    const { marginBreakEvenRate: d, clvStake: s, marginFloorRate: n } = found;
    expect((1 - s) * n).toBeCloseTo(n - d, 12);
  });

  it('takes the greater of what the model and the warnings say, and no more than all', () => {
    expect(walkAwayOf({ ...known, warned: [0.6] })?.clvStake).toBe(0.6);
    expect(walkAwayOf({ ...known, warned: [7] })?.clvStake).toBe(1);
    expect(walkAwayOf({ ...known, pAlive: null })?.marginBreakEvenRate).toBe(0);
  });

  it('says that a customer who costs more than he brings leaves no room', () => {
    const found = walkAwayOf({ ...known, serviceMinor: 400_00 });
    expect(found?.marginFloorRate).toBeCloseTo(-0.1, 12);
    expect(found?.marginBreakEvenRate).toBe(0);
  });

  it('says nothing without costs or without orders', () => {
    expect(walkAwayOf({ ...known, marginMinor: null })).toBeNull();
    expect(walkAwayOf({ ...known, amountMinor: 0 })).toBeNull();
  });
});
