import { CodedError } from '@kezi/contract/errors';
import {
  dateFormat,
  detectDateFormat,
  detectNumberStyle,
  parseCurrency,
  type DateFormat,
  type DateFormatName,
  type NumberStyle,
} from '@kezi/tabular';
import type { ChosenColumns, OrderRole } from './plan-columns.js';

/** How the values of the chosen columns are written, as the sample shows it. */
export interface ValuePlan {
  /** Tried in order; the first that fits rules. One, unless the file mixes unmistakable formats. */
  dateFormats: DateFormat[];
  styles: Partial<Record<OrderRole, NumberStyle>>;
  /** ISO code that every row must have, where there is a currency column. */
  currency: string | null;
  /** IANA zone in which instants become days. */
  timeZone: string;
  /** The engine's own casts give what the careful reader would give. */
  plain: boolean;
}

const NUMBERS = ['amount', 'quantity', 'unitPrice', 'margin', 'cost'] as const;

/**
 * Looks at sample values. CodedError valuation.date_ambiguous asks which of day and month comes first, when the sample
 * cannot tell; valuation.not_dates and valuation.not_numbers when a column holds something else altogether.
 */
export function planValues(
  file: string,
  columns: ChosenColumns,
  samples: (index: number) => string[],
  wanted: { dateFormat?: DateFormatName | undefined; timeZone: string },
): ValuePlan {
  const date = columns.date!;
  const dateFormats = planDates(file, date.name, samples(date.index), wanted.dateFormat);
  const styles: ValuePlan['styles'] = {};
  for (const role of NUMBERS) {
    const column = columns[role];
    if (column === undefined) continue;
    const values = samples(column.index);
    const detected = detectNumberStyle(values);
    if (detected.outcome === 'one') styles[role] = detected.style;
    else if (detected.outcome === 'ambiguous') styles[role] = detected.candidates[0]!;
    else if (values.length > 0) {
      throw new CodedError('valuation.not_numbers', { file, column: column.name, example: detected.example });
    }
  }
  const currencies = columns.currency ? samples(columns.currency.index) : [];
  const [format] = dateFormats;
  const local = !format!.zoned && (format!.plainIso || format!.strptime !== null);
  const datesPlain = dateFormats.length === 1 && (local || format!.plainZonedIso);
  return {
    dateFormats,
    styles,
    currency: columns.currency ? commonCurrency(currencies) : null,
    timeZone: wanted.timeZone,
    plain: datesPlain && Object.values(styles).every((style) => style.plain),
  };
}

function planDates(
  file: string,
  column: string,
  samples: readonly string[],
  wanted: DateFormatName | undefined,
): DateFormat[] {
  if (wanted !== undefined) return [dateFormat(wanted)];
  const detected = detectDateFormat(samples);
  if (detected.outcome === 'one') return [detected.format];
  if (detected.outcome === 'mixed') return detected.formats;
  if (detected.outcome === 'none') {
    throw new CodedError('valuation.not_dates', { file, column, example: detected.example });
  }
  throw new CodedError('valuation.date_ambiguous', {
    file,
    column,
    example: samples[0] ?? '',
    formats: detected.candidates.map((format) => format.name).join(', '),
  });
}

/** The most frequent currency of the sample; null when none can be read. */
function commonCurrency(samples: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const sample of samples) {
    const parsed = parseCurrency(sample);
    if (parsed.ok) counts.set(parsed.value, (counts.get(parsed.value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
