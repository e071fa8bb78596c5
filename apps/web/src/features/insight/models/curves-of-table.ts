import type { BenchCurve, BenchModel } from '@kezi/contract';
import type { SeenPoints } from './components/curve-options.js';
import { countsOrders } from './fit-choices.js';
import type { SmallTable } from './read-table.js';

/** Figures of a column, its name in any case; what is none is left out. */
function figuresOf({ columns, rows }: SmallTable, name: string): number[] {
  const column = columns.find((each) => each.trim().toLowerCase() === name);
  if (column === undefined) return [];
  return rows.map((row) => row[column]).filter((value) => typeof value === 'number');
}

const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), 0);

/** How far ahead to begin with: as far as the table looks back; for contracts twice as far. Null where a curve has its own end. */
export function horizonFor(name: BenchModel, table: SmallTable): number | null {
  if (countsOrders(name)) {
    const ages = figuresOf(table, name === 'bg-bb' ? 'opportunities' : 'age');
    return Math.max(1, Math.ceil(largest(ages)));
  }
  if (name === 'sbg' || name === 'bdw') return Math.max(2, 2 * largest(figuresOf(table, 'period')));
  return name === 'hazard' ? 12 : null;
}

/** Survival and retention as they were counted, for the models that are fitted to counts. */
export function seenIn(name: BenchModel, table: SmallTable): Partial<Record<BenchCurve['name'], SeenPoints>> {
  if (name !== 'sbg' && name !== 'bdw') return {};
  const period = figuresOf(table, 'period');
  const survivors = figuresOf(table, 'survivors');
  const [first = 0] = survivors;
  if (!(first > 0) || period.length !== survivors.length) return {};
  const isEvery = period.every((at, i) => i === 0 || at === period[i - 1]! + 1);
  return {
    survival: { x: period, y: survivors.map((count) => count / first) },
    ...(isEvery
      ? {
          retention: {
            x: period.slice(1),
            y: survivors.slice(1).map((count, i) => (survivors[i]! > 0 ? count / survivors[i]! : 0)),
          },
        }
      : {}),
  };
}
