export { askedModel, withGivenModel } from './asked-models.js';
export type { AskedRow, EvalOptions, GivenModel } from './asked-model.js';
export { textsOf, type BenchTable } from './bench-table.js';
export { drawCurves } from './draw-curves.js';
export { checkFlags, columnsRead, type FitFlags } from './fitted-kind.js';
export { fittedKinds } from './fitted-kinds.js';
