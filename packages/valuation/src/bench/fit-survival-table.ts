import { CodedError } from '@kezi/contract/errors';
import { fitCox, kaplanMeier, type fitBdw, type fitSbg, type Lifetimes } from '@kezi/stats';
import { featuresOf } from './bench-features.js';
import { binaryOf, numbersOf, type BenchTable } from './bench-table.js';
import { featureNames, needed, type FitFlags, type FittedKind } from './fitted-kind.js';

/** Customers under contract who are counted each period. */
export function contractKind(fit: typeof fitSbg | typeof fitBdw): FittedKind {
  return {
    columns: ['period', 'survivors'],
    optional: [],
    needs: [],
    takes: [],
    fit: (table) => {
      const period = numbersOf(table, 'period');
      const survivors = numbersOf(table, 'survivors');
      table.lines.forEach((line, i) => {
        const [at, left] = [period[i]!, survivors[i]!];
        const follows = i === 0 || (at > period[i - 1]! && left <= survivors[i - 1]!);
        if (!follows || !Number.isInteger(at) || at < 0 || left < 0)
          throw new CodedError('models.bad_retention', { line, period: at, survivors: left });
      });
      return fit({ period, survivors }, { edgeIntervals: true });
    },
  };
}

function lifetimesOf(table: BenchTable, flags: FitFlags): { lifetimes: Lifetimes; names: [string, string] } {
  const names: [string, string] = [needed('duration', flags.duration), needed('event', flags.event)];
  const duration = numbersOf(table, names[0]);
  const bad = duration.findIndex((value) => value < 0);
  if (bad >= 0)
    throw new CodedError('models.bad_duration', { line: table.lines[bad]!, text: duration[bad]! });
  return { lifetimes: { duration, event: binaryOf(table, names[1]).values }, names };
}

export const kaplanMeierKind: FittedKind = {
  columns: [],
  optional: [],
  needs: ['duration', 'event'],
  takes: ['duration', 'event'],
  fit: (table, flags) => {
    const { lifetimes, names } = lifetimesOf(table, flags);
    return { columns: { duration: names[0] }, ...kaplanMeier(lifetimes) };
  },
};

export const coxKind: FittedKind = {
  columns: [],
  optional: [],
  needs: ['duration', 'event', 'features'],
  takes: ['duration', 'event', 'features'],
  fit: (table, flags) => {
    const { lifetimes, names } = lifetimesOf(table, flags);
    const wanted = featureNames(flags, table, names);
    const { table: features, ...coding } = featuresOf(table, wanted, 'treatment');
    return { name: 'cox', columns: { duration: names[0] }, ...fitCox(lifetimes, features), coding };
  },
};
