export type {
  Chunk,
  Column,
  CsvRelation,
  Dialect,
  Engine,
  EngineOptions,
  NewColumn,
  OpenEngine,
} from './engine/engine.js';
export { openEngine } from './engine/open-engine.js';
export {
  openLake,
  type BucketTotals,
  type Lake,
  type LakeFile,
  type LakeManifest,
} from './lake/lake-manifest.js';
export { LAKE_BUCKETS, updateLake, type LakeChange } from './lake/write-lake.js';
export { ORDER_ROLES, type ChosenColumns, type OrderRole, type WantedColumns } from './lake/plan-columns.js';
export { describeParquet } from './parquet/describe-parquet.js';
export { readParquetRows, type ReadParquetOptions } from './parquet/read-parquet-rows.js';
export type { RejectCount } from './lake/reject-log.js';
export type { BacktestSummary, ValuationReport } from './models/report-valuation.js';
export type { FitReport } from './models/report-fit.js';
export { purchaseModelNames, type WantedModel } from './models/fit-purchase.js';
export { daysPerUnit, defaultHorizon, type TimeUnit } from './models/time-unit.js';
export { SCORE_COLUMNS } from './scores/customer-score.js';
export type { ScoreBatch } from './scores/stream-scores.js';
export {
  valueCustomers,
  type ValuationRequest,
  type ValuationSettings,
  type ValuationStage,
} from './value-customers.js';
export { checkTerms, costsOf } from './scores/value-terms.js';
export { intervalOfTotal, type PortfolioTotals } from './scores/total-value.js';
export { openThreads, type Threads } from './threads/open-threads.js';
export { histogramsOn } from './threads/tree-threads.js';
export { scoreOnThreads } from './threads/score-on-threads.js';
export { drawOnThreads } from './threads/draw-on-threads.js';
export { churnOfOrders, type AppliedReport, type ChurnOfOrders } from './churn/churn-of-orders.js';
export { readLabel } from './churn/label-words.js';
export {
  batchesOf,
  identifierOf,
  learnLabelled,
  readForModel,
  type Holdout,
  type LabelledReport,
} from './churn/learn-labelled.js';
export type { SilenceReport } from './churn/learn-silence.js';
export type { SilenceFeatureName } from './churn/silence-features.js';
export { parseChurnModel, type ChurnModel } from './churn/churn-model.js';
export type { LearningReport } from './churn/report-churn.js';
export { scoreAll, type ChurnReason, type ChurnScores } from './churn/scored-batches.js';
export { checkOut, writeChurnScores } from './churn/write-churn-scores.js';
export { writeWhole } from './scores/write-scores.js';
export { backtestFiles } from './warn/backtest-files.js';
export { judgeWarnings } from './warn/judge-warnings.js';
export {
  backtestDetectors,
  lakeDetectors,
  type CutsOf,
  type DetectorBacktest,
} from './warn/backtest-detectors.js';
export { withLake } from './warn/with-lake.js';
export { orderDaysOf, periodQuery, seasonOfPeriods } from './warn/order-day-table.js';
export type { LakeDetectorId } from './warn/lake-detector.js';
export { overdueScale } from './warn/overdue.js';
export { recentSpendDays } from './warn/spend-fall.js';
export { readRhythms, type Rhythms } from './warn/read-rhythms.js';
