import { CodedError } from '@kezi/contract/errors';
import { codeLevels, findPersonPeriodFault, fitHazard, type PersonPeriodFault } from '@kezi/stats';
import { featuresOf } from './bench-features.js';
import { binaryOf, numbersOf, textsOf } from './bench-table.js';
import { featureNames, needed, type FittedKind } from './fitted-kind.js';

const faults = {
  period: 'models.hazard_period',
  event: 'models.hazard_event',
  'period-twice': 'models.hazard_period_twice',
  'period-missing': 'models.hazard_period_missing',
  'after-event': 'models.hazard_after_event',
} as const satisfies Record<PersonPeriodFault['fault'], string>;

/** The risk that a contract ends, from one row for each customer and period. */
export const hazard: FittedKind = {
  columns: [],
  optional: [],
  needs: ['id', 'period', 'event', 'features'],
  takes: ['id', 'period', 'event', 'features', 'baseline', 'ridge'],
  fit: (table, flags) => {
    const columns = {
      id: needed('id', flags.id),
      period: needed('period', flags.period),
      event: needed('event', flags.event),
    };
    const names = featureNames(flags, table, Object.values(columns));
    const ids = textsOf(table, columns.id);
    const rows = {
      customer: codeLevels(ids).codes,
      period: numbersOf(table, columns.period),
      event: binaryOf(table, columns.event).values,
    };
    const wrong = findPersonPeriodFault(rows);
    if (wrong !== null)
      throw new CodedError(faults[wrong.fault], {
        line: table.lines[wrong.row]!,
        id: ids[wrong.row]!,
        period: rows.period[wrong.row]!,
      });
    const { table: features, ...coding } = featuresOf(table, names, 'treatment');
    const { baseline, ridge } = flags;
    const fit = fitHazard(rows, features, {
      ...(baseline === undefined ? {} : { baseline }),
      ...(ridge === undefined ? {} : { ridge }),
    });
    return { name: 'hazard', columns, ...fit, coding };
  },
};
