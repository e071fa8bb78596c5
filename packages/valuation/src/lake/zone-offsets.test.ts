import { describe, expect, it } from 'vitest';
import { zoneOffsets } from './zone-offsets.js';

const second = (iso: string): number => Date.parse(iso) / 1000;

describe('zone offsets', () => {
  it('Asia/Shanghai is eight hours ahead since its last summer time in 1991', () => {
    const [latest] = zoneOffsets('Asia/Shanghai');
    expect(latest).toEqual({ fromSecond: second('1991-09-14T17:00:00Z'), offsetSeconds: 28_800 });
  });

  it('Europe/London changes at 01:00 UTC on the last Sundays of March and October', () => {
    const offsets = zoneOffsets('Europe/London');
    expect(offsets).toContainEqual({ fromSecond: second('2011-03-27T01:00:00Z'), offsetSeconds: 3600 });
    expect(offsets).toContainEqual({ fromSecond: second('2011-10-30T01:00:00Z'), offsetSeconds: 0 });
    expect(offsets.map((offset) => offset.fromSecond)).toEqual(
      offsets.map((offset) => offset.fromSecond).toSorted((a, b) => b - a),
    );
  });

  it('refuses a zone that does not exist', () => {
    expect(() => zoneOffsets('Mars/Base')).toThrow(RangeError);
  });
});
