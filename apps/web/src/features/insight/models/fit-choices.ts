import type { BenchModel, ModelEvaluateInput, ModelFitInput, ModelList } from '@kezi/contract';

export type FitChoices = Omit<ModelFitInput, 'name' | 'rows'>;
/** A fitted model, as it is sent back to be asked. */
export type Model = ModelEvaluateInput['model'];
export type ListedModel = ModelList['items'][number];

/** Families of models, by the question they answer. */
export const families = [
  {
    family: 'purchase',
    models: ['bg-nbd', 'mbg-nbd', 'pareto-nbd', 'bg-cnbd-k', 'mbg-cnbd-k', 'nbd', 'bg-bb'],
  },
  { family: 'spend', models: ['gamma-gamma'] },
  { family: 'contract', models: ['sbg', 'bdw', 'hazard'] },
  { family: 'survival', models: ['kaplan-meier', 'cox'] },
  { family: 'classify', models: ['logistic', 'gbdt'] },
  { family: 'cluster', models: ['kmeans'] },
] as const satisfies readonly { family: string; models: readonly BenchModel[] }[];

/** Choices that name one column, and those that name several. */
export const oneColumn = ['duration', 'event', 'label', 'id', 'period', 'by'] as const;
export const manyColumns = ['features', 'covariates'] as const;

/** Models whose rows are asked for a time ahead; a curve or a class needs none. */
const withoutHorizon: readonly BenchModel[] = ['gamma-gamma', 'logistic', 'gbdt', 'kmeans'];
export const looksAhead = (name: BenchModel): boolean => !withoutHorizon.includes(name);

/** Models whose orders to come can be discounted, and counted. */
export const countsOrders = (name: BenchModel): boolean =>
  (families[0].models as readonly BenchModel[]).includes(name);
export const takesDiscount = (name: BenchModel): boolean =>
  countsOrders(name) || name === 'sbg' || name === 'bdw' || name === 'hazard';

/** What a table lacks for a model: columns of fixed names, and choices that have not been made. */
export function lacking(
  model: ListedModel,
  columns: readonly string[],
  choices: FitChoices,
): { columns: string[]; choices: ListedModel['needs'] } {
  const has = new Set(columns.map((name) => name.trim().toLowerCase()));
  return {
    columns: model.columns.filter((name) => !has.has(name)),
    choices: model.needs.filter((name) => {
      const value = choices[name];
      return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    }),
  };
}

/** The choices that a model takes and that name columns of this table; the others were made for another. */
export function choicesFor(model: ListedModel, columns: readonly string[], choices: FitChoices): FitChoices {
  const has = new Set(columns);
  const kept = Object.entries(choices).flatMap(([name, value]): [string, unknown][] => {
    if (!(model.takes as readonly string[]).includes(name)) return [];
    if ((oneColumn as readonly string[]).includes(name)) return has.has(String(value)) ? [[name, value]] : [];
    if (!Array.isArray(value)) return [[name, value]];
    const left = value.filter((column) => has.has(column));
    return left.length > 0 ? [[name, left]] : [];
  });
  return Object.fromEntries(kept);
}
