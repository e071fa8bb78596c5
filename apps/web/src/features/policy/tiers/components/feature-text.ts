import type { TierFeature } from '@kezi/contract';
import type { Formats } from '../../../../lib/formats.js';

/** What was measured, in the unit of its indicator. */
export function featureText(f: Formats, unit: TierFeature['unit'], value: number | null): string {
  if (value === null) return '–';
  switch (unit) {
    case 'money':
      return f.moneyShort(f.minorOf(value));
    case 'money-minor':
      return f.moneyShort(value);
    case 'share':
      return f.percent(value, 1);
    case 'count':
      return f.count(Math.round(value));
    default:
      // Of a field of the company's own nobody knows whether it counts: a whole number is shown as one.
      return Number.isInteger(value) ? f.count(value) : f.decimal(value, 1);
  }
}
