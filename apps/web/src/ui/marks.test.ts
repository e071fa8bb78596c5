import { describe, expect, it } from 'vitest';
import { toCsv } from './chart/chart-table.js';
import { riskBand } from './risk-dot.js';
import { sparkBars, sparkPoints } from './spark.js';
import { refusalOf } from './upload-drop.js';
import { shareOf } from './whisker.js';

describe('shareOf', () => {
  it('is the way from low to high, kept inside', () => {
    expect(shareOf(5, 0, 10)).toBe(0.5);
    expect(shareOf(-5, 0, 10)).toBe(0);
    expect(shareOf(50, 0, 10)).toBe(1);
    expect(shareOf(3, 3, 3)).toBe(0.5);
  });
});

describe('spark', () => {
  it('stays in its box and runs through the middle when flat', () => {
    for (const [x, y] of sparkPoints([3, -2, 9, 4], 60, 20)) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(60);
      expect(y).toBeGreaterThanOrEqual(1);
      expect(y).toBeLessThanOrEqual(19);
    }
    expect(sparkPoints([4, 4], 60, 20)).toEqual([
      [0, 10],
      [60, 10],
    ]);
  });

  it('draws a bar for every positive month only', () => {
    expect(sparkBars([1, 0, -3, 2], 40, 20).match(/M/g)?.length).toBe(2);
    expect(sparkBars([0, 0], 40, 20)).toBe('');
  });
});

describe('riskBand', () => {
  it.each([
    [1, 'safe'],
    [0.8, 'safe'],
    [0.79, 'watch'],
    [0.5, 'watch'],
    [0.2, 'danger'],
    [0.19, 'lost'],
  ])('%d is %s', (pAlive, band) => expect(riskBand(pAlive)).toBe(band));
});

describe('toCsv', () => {
  it('quotes, keeps numbers, and makes formulas inert', () => {
    const csv = toCsv({
      columns: [
        { id: 'a', label: '客户' },
        { id: 'b', label: '价值' },
      ],
      rows: [
        ['海岳, "精工"', -12.5],
        ['=cmd|x', null],
        ['@sum', 0],
      ],
    });
    expect(csv).toBe('\ufeff客户,价值\r\n"海岳, ""精工""",-12.5\r\n\'=cmd|x,\r\n\'@sum,0\r\n');
  });
});

describe('refusalOf', () => {
  const file = (name: string, size = 10) => ({ name, size }) as File;
  it('looks at the ending, whatever its case, and at the size', () => {
    expect(refusalOf(file('订单.CSV'), ['.csv'], 100)).toBeNull();
    expect(refusalOf(file('订单.pdf'), ['.csv'], 100)?.reason).toBe('upload.wrong_kind');
    expect(refusalOf(file('订单.csv', 101), ['.csv'], 100)?.reason).toBe('upload.too_large');
  });
});
