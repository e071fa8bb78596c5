import {
  benchModels,
  type BenchCurve,
  type ModelCurvesInput,
  type ModelEvaluateInput,
  type ModelFitInput,
  type ModelList,
} from '@kezi/contract';
import { CodedError, type ErrorCode, type ErrorParams } from '@kezi/contract/errors';
import {
  askedModel,
  checkFlags,
  drawCurves,
  fittedKinds,
  withGivenModel,
  type AskedRow,
  type BenchTable,
} from '@kezi/valuation/bench';

export function listModels(): ModelList {
  return {
    items: benchModels.map((name) => {
      const { columns, optional, needs, takes } = fittedKinds[name];
      return {
        name,
        columns: [...columns],
        optional: [...optional],
        needs: [...needs],
        takes: [...takes],
      };
    }),
  };
}

type Row = ModelFitInput['rows'][number];

/** A figure as text reads back as the same figure. */
const textIn = (value: Row[string] | undefined): string => String(value ?? '').trim();

/** Rows as a table; those that lack a column which others have are empty in it. Rows are counted from 1. */
function tableOf(rows: readonly Row[]): BenchTable {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    names,
    lines: rows.map((_, i) => i + 1),
    columns: new Map(names.map((name) => [name.trim().toLowerCase(), rows.map((row) => textIn(row[name]))])),
  };
}

/**
 * The fit as `kezi models fit` prints it.
 * @throws CodedError models.* with the row, from 1, or the flag that is at fault
 */
export function fitModel({ name, rows, ...flags }: ModelFitInput): object {
  const kind = fittedKinds[name];
  checkFlags(name, kind, flags);
  return kind.fit(tableOf(rows), flags);
}

/** An answer, or why there is none. */
export type RowAnswer =
  | { answer: Record<string, unknown> }
  | { line: number; code: ErrorCode; params: ErrorParams };

/**
 * An answer for each row as `kezi models eval` prints it; a row that cannot be answered says why in its place.
 * @throws CodedError models.bad_model, models.flag_missing
 */
export function evaluateModel({ model, rows, ...options }: ModelEvaluateInput): RowAnswer[] {
  const { horizon = null, discountRate = null, pmf = null } = options;
  const { ask } = withGivenModel(model.name, () => askedModel(model, { horizon, discountRate, pmf }));
  const asked = rows.map((row, i): AskedRow => {
    const cells = new Map(Object.entries(row).map(([name, value]) => [name.trim().toLowerCase(), value]));
    return { line: i + 1, cell: (column) => textIn(cells.get(column.trim().toLowerCase())) };
  });
  return ask(asked).map((answer, i) =>
    answer instanceof CodedError
      ? { line: i + 1, code: answer.code, params: answer.params }
      : { answer: answer as Record<string, unknown> },
  );
}

/**
 * The curves of a model as `kezi models curves` prints them.
 * @throws CodedError models.bad_model, models.flag_missing
 */
export const curvesOfModel = ({ model, horizon }: ModelCurvesInput): BenchCurve[] =>
  withGivenModel(model.name, () => drawCurves(model, horizon ?? null));
