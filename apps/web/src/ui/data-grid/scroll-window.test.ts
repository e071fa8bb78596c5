import { describe, expect, it } from 'vitest';
import {
  drawsOtherwise,
  maxTrack,
  moveTo,
  reveal,
  rowsInView,
  settledTop,
  trackHeight,
} from './scroll-window.js';

const million = { rows: 1_000_000, rowHeight: 36, viewport: 720 };
const short = { rows: 100, rowHeight: 36, viewport: 720 };

describe('a list that fits', () => {
  it('scrolls as the browser does', () => {
    expect(trackHeight(short)).toBe(3600);
    expect(moveTo({ physical: 0, logical: 0 }, 2000, short)).toEqual({ physical: 2000, logical: 2000 });
    expect(settledTop(2000, short)).toBe(2000);
  });
});

describe('a list of a million rows', () => {
  it('has a track that every browser can hold', () => {
    expect(trackHeight(million)).toBe(maxTrack);
  });

  it('moves pixel by pixel with the wheel', () => {
    const from = { physical: 4_000_000, logical: 18_000_000 };
    expect(moveTo(from, 4_000_100, million).logical).toBe(18_000_100);
    expect(moveTo(from, 3_999_900, million).logical).toBe(17_999_900);
  });

  it('jumps in proportion when the bar is dragged', () => {
    const half = moveTo({ physical: 0, logical: 0 }, (maxTrack - 720) / 2, million).logical;
    expect(half / (36_000_000 - 720)).toBeCloseTo(0.5, 6);
  });

  it('reaches the first and the last row', () => {
    const end = moveTo({ physical: maxTrack - 1500, logical: 35_000_000 }, maxTrack - 720, million);
    expect(rowsInView(end.logical, million).end).toBe(1_000_000);
    expect(moveTo({ physical: 100, logical: 5000 }, 0, million).logical).toBe(0);
  });

  it('puts the bar where the place belongs, and a jump there comes back to the same place', () => {
    for (const logical of [0, 1_234_567, 18_000_000, 35_999_280]) {
      const top = settledTop(logical, million);
      const back = moveTo({ physical: top > 4_000_000 ? 0 : maxTrack, logical: 0 }, top, million);
      expect(Math.abs(back.logical - logical)).toBeLessThan(1);
    }
  });

  it('draws a screenful and some to spare, wherever it stands', () => {
    for (const logical of [0, 777_777, 20_000_001, 35_999_280]) {
      const { first, end } = rowsInView(logical, million);
      expect(end - first).toBeLessThanOrEqual(20 + 8 + 8);
      expect(first * 36).toBeLessThanOrEqual(logical);
      expect(end * 36).toBeGreaterThanOrEqual(Math.min(logical + 720, 36_000_000));
    }
  });
});

describe('drawsOtherwise', () => {
  it('is quiet within a block of rows and speaks at its end', () => {
    const at = (logical: number) => ({ physical: logical, logical });
    expect(drawsOtherwise(at(14_400), at(14_401), short)).toBe(false);
    expect(drawsOtherwise(at(720), at(790), short)).toBe(true);
  });

  it('speaks when the rows stay but their place on the track does not', () => {
    expect(drawsOtherwise({ physical: 100, logical: 9000 }, { physical: 400, logical: 9000 }, million)).toBe(
      true,
    );
  });
});

describe('reveal', () => {
  it('does not move for a row that is seen, else as little as it can', () => {
    expect(reveal(360, 15, short)).toBe(360);
    expect(reveal(360, 5, short)).toBe(180);
    expect(reveal(0, 20, short)).toBe(36);
  });
});
