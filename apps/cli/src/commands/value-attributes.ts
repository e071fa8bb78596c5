import type { Language } from '@kezi/contract/errors';
import type { ValuationReport } from '@kezi/valuation';
import { note, printColumns, say } from '../output.js';

type Attributes = NonNullable<ValuationReport['attributes']>;
type Line = Attributes['effects'][number]['coefficients'][number];

const fixed = (value: number | null): string => (value === null ? '–' : value.toFixed(3));

/** A p-value as it is written: below a ten-thousandth the digits mean nothing. */
const chance = (value: number | null): string =>
  value === null ? '–' : value < 1e-4 ? '< 0.0001' : value.toFixed(4);

/** An end that is open: nothing in the data speaks against more. */
const interval = ({ lower, upper }: Line): string => {
  if (lower === null) return upper === null ? '–' : `≤ ${fixed(upper)}`;
  return upper === null ? `≥ ${fixed(lower)}` : `${fixed(lower)} … ${fixed(upper)}`;
};

function printLines(lines: readonly (readonly [string, Line])[], language: Language): void {
  const header = ['effectOn', 'column', 'effect', 'interval', 'pValue'] as const;
  process.stdout.write('\n');
  printColumns(
    [
      header.map((key) => say(language, `value.attribute.${key}`)),
      ...lines.map(([on, line]) => [
        on,
        line.name,
        fixed(line.estimate),
        interval(line),
        chance(line.pValue),
      ]),
    ],
    new Set([2, 3, 4]),
  );
}

function printSegments({ segments }: Attributes, language: Language): void {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const figure = (value: number | null): string => (value === null ? '–' : whole.format(value));
  const header = ['segment', 'customers', 'own', 'orders', 'clv'] as const;
  process.stdout.write('\n');
  printColumns(
    [
      header.map((key) => say(language, `value.attribute.${key}`)),
      ...segments.map(({ segment, customers, weight, expectedOrders, clv }) => [
        segment === '' ? say(language, 'value.attribute.empty') : segment,
        whole.format(customers),
        share.format(weight),
        figure(expectedOrders),
        figure(clv),
      ]),
    ],
    new Set([1, 2, 3, 4]),
  );
}

/** What the attributes say of orders, and what goes with spend, for a person. */
export function printAttributes(report: ValuationReport, language: Language): void {
  const { attributes, spendRegression } = report;
  if (attributes?.kind === 'segments') printSegments(attributes, language);
  if (attributes?.kind === 'covariates') {
    const lines = attributes.effects.flatMap(({ on, coefficients }) =>
      coefficients.map((line) => [say(language, `value.attribute.on.${on}`), line] as const),
    );
    if (lines.length > 0) printLines(lines, language);
    const { likelihoodRatio: test, held = [] } = attributes;
    if (held.length > 0) note(say(language, 'value.attribute.held', { columns: held.join(', ') }));
    if (test !== null)
      note(
        say(language, 'value.attribute.test', {
          statistic: test.statistic.toFixed(1),
          degrees: test.degreesOfFreedom,
          p: chance(test.pValue),
        }),
      );
  }
  if (spendRegression?.inUse === true) {
    const on = say(language, 'value.attribute.on.spend');
    printLines(
      spendRegression.coefficients.map((line) => [on, line] as const),
      language,
    );
  }
  if (attributes?.holdout)
    note(
      say(language, 'value.attribute.holdout', {
        gain: attributes.holdout.gain.toFixed(4),
        error: attributes.holdout.standardError.toFixed(4),
      }),
    );
}
