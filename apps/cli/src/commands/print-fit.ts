import type { Language } from '@kezi/contract/errors';
import type { SegmentedFit } from '@kezi/stats';
import { note, printColumns, printTable, say } from '../output.js';

/** One line of a regression table. */
interface Line {
  name: string;
  estimate: number;
  standardError: number | null;
  lower?: number | null;
  upper?: number | null;
}

/** An end that is null is open. */
interface Ends {
  lower: number | null;
  upper: number | null;
}

type Named = Record<string, number | null> | null | undefined;

/** The single figures of a fit, those of its parameters, coefficients and judgement among them; the rest is for programs. */
export function printFit(fit: object, language: Language): void {
  if ('segments' in fit) printSegments(fit as SegmentedFit, language);
  else printFigures(fit, language);
  note(say(language, 'models.moreInJson'));
}

/** One line a segment, the pooled fit last: how many customers, how much of it is its own, the parameters. */
function printSegments({ pooled, segments }: SegmentedFit, language: Language): void {
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 6 });
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const names = Object.keys(pooled.parameters);
  const line = (parameters: Record<string, number>): string[] =>
    names.map((name) => number.format(parameters[name]!));
  printColumns(
    [
      [
        say(language, 'models.segment'),
        say(language, 'models.customers'),
        say(language, 'models.ownWeight'),
        ...names,
      ],
      ...segments.map(({ segment, customers, weight, parameters }) => [
        segment,
        number.format(customers),
        share.format(weight),
        ...line(parameters),
      ]),
      [say(language, 'models.allCustomers'), number.format(pooled.customers), '', ...line(pooled.parameters)],
    ],
    new Set([1, 2, ...names.map((_, k) => k + 3)]),
  );
}

/** What is known of an effect that the data do not bound. */
function oneSided({ standardError, lower, upper }: Line, number: Intl.NumberFormat): string {
  if (standardError !== null) return '';
  const known = [
    ...(lower ? [`≥ ${number.format(lower)}`] : []),
    ...(upper ? [`≤ ${number.format(upper)}`] : []),
  ];
  return known.length === 0 ? '' : `  (95 %: ${known.join(', ')})`;
}

function printFigures(fit: object, language: Language): void {
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 6 });
  const withError = (value: number, error: number | null | undefined): string =>
    number.format(value) + (typeof error === 'number' ? ` ± ${number.format(error)}` : '');
  const { standardErrors, intervals, coefficients, effects, ...figures } = fit as {
    standardErrors?: Named;
    intervals?: Record<string, Ends>;
    coefficients?: Line[];
    effects?: { on: string; coefficients: Line[] }[];
  };
  const withEnds = (value: number, { lower, upper }: Ends): string =>
    `${number.format(value)}  (95 %: ${lower === null ? '0' : number.format(lower)} – ${upper === null ? '∞' : number.format(upper)})`;
  const rows = (part: object, errors?: Named): [string, string][] =>
    Object.entries(part).flatMap(([name, value]: [string, unknown]): [string, string][] => {
      if (typeof value === 'number') {
        const ends = errors === undefined ? undefined : intervals?.[name];
        return [[name, ends ? withEnds(value, ends) : withError(value, errors?.[name])]];
      }
      if (typeof value === 'string' || typeof value === 'boolean') return [[name, String(value)]];
      if (Array.isArray(value)) {
        const isWords = value.length > 0 && value.every((each) => typeof each === 'string');
        return isWords ? [[name, value.join(', ')]] : [];
      }
      if (
        value === null ||
        typeof value !== 'object' ||
        name === 'model' ||
        name === 'plain' ||
        name === 'covariates' ||
        name === 'levels' ||
        name === 'counts'
      )
        return [];
      return rows(value, name === 'parameters' ? standardErrors : undefined);
    });
  printTable([
    ...rows(figures),
    ...[{ on: '', coefficients: coefficients ?? [] }, ...(effects ?? [])].flatMap((part) =>
      part.coefficients.map((line): [string, string] => [
        part.on === '' ? line.name : `${part.on}: ${line.name}`,
        withError(line.estimate, line.standardError) + oneSided(line, number),
      ]),
    ),
  ]);
}
