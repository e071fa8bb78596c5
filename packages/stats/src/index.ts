export { lnGamma, lnRisingFactorial } from './special/ln-gamma.js';
export { lnBeta } from './special/ln-beta.js';
export { digamma, trigamma } from './special/digamma.js';
export { log1mexp, log1pExp, logAddExp, logDiffExp, logSumExp } from './special/log-sums.js';
export { lnHypergeometric2F1 } from './special/ln-hypergeometric.js';
export { gammaQuantile, regularisedGammaP, regularisedGammaQ } from './special/incomplete-gamma.js';
export { lnRegularisedBeta, regularisedBeta } from './special/incomplete-beta.js';
export { normalQuantile } from './special/normal.js';

export { minimise, type Minimum, type MinimiseOptions, type Objective } from './optimise/lbfgs.js';
export { minimiseFromEach } from './optimise/multistart.js';
export { hessianOf } from './optimise/hessian.js';
export { cholesky, inverseOfPositiveDefinite, type Matrix } from './optimise/symmetric-matrix.js';
export { covarianceOfExponentials } from './optimise/delta-method.js';
export type { Fit, FitOptions, FitReason, FitWarning } from './optimise/fit-by-likelihood.js';

export { randomFrom, type Random } from './distributions/random.js';
export { drawBeta, drawGamma, drawLnGamma, drawPoisson } from './distributions/draws.js';

export {
  checkPurchaseSummary,
  coarsenSummary,
  distinctTriples,
  type DistinctTriples,
  type PurchaseSummary,
} from './purchase/purchase-summary.js';
export type { BetaGeometricParameters } from './purchase/fit-beta-geometric.js';
export { fitBgNbd, logLikelihoodBgNbd } from './purchase/bg-nbd.js';
export { fitMbgNbd, logLikelihoodMbgNbd } from './purchase/mbg-nbd.js';
export { fitNbd, logLikelihoodNbd, type NbdParameters } from './purchase/nbd.js';
export {
  fitPurchaseModel,
  type PurchaseFit,
  type PurchaseFitOptions,
  type PurchaseModelChoice,
} from './purchase/fit-purchase-model.js';
export {
  expectedOrders,
  expectedOrdersOfNewCustomer,
  orderProbability,
  probabilityAlive,
  processOfNewCustomer,
  residualOrderMoments,
  residualOrderProbability,
  residualProcess,
  timeToNextOrder,
  type PurchaseModel,
} from './purchase/purchase-model.js';
export { countMoments, type CountMoments, type ResidualProcess } from './purchase/residual-process.js';
export { countProbability, countQuantile, countTail } from './purchase/count-distribution.js';
export { discountedExpectedOrders } from './purchase/discounted-orders.js';
export {
  scoreCustomers,
  scorePurchases,
  valueQuantiles,
  type PurchaseScores,
  type ScoreOptions,
} from './purchase/score-purchases.js';
export type { OtherModel } from './purchase/living-counts.js';
export { compareLogScores, logScores, type LogScoreGap } from './validate/log-score.js';
export { drawCustomer, drawResidualOrders, type CustomerDraw } from './purchase/draw-customers.js';
export { drawParameters } from './purchase/draw-parameters.js';
export {
  fitParetoNbd,
  logLikelihoodParetoNbd,
  paretoFuture,
  paretoProcess,
  paretoWindowProbability,
  type ParetoNbdParameters,
  type ParetoProcess,
} from './purchase/pareto-nbd.js';
export {
  fitBgCnbdK,
  fitMbgCnbdK,
  logLikelihoodBgCnbdK,
  logLikelihoodMbgCnbdK,
  type RegularFit,
  type RegularFitOptions,
} from './purchase/bg-cnbd-k.js';
export type { RegularSummary } from './purchase/regular-likelihood.js';
export {
  regularFuture,
  regularProcess,
  regularWindowProbability,
  type RegularParameters,
  type RegularProcess,
} from './purchase/regular-process.js';
export { betaGeometricFuture, betaGeometricWindowProbability } from './purchase/beta-geometric-future.js';
export { discountedForever } from './purchase/discounted-forever.js';
export type { CustomerFuture, Traits } from './purchase/customer-future.js';
export {
  customerFuture,
  customerModel,
  customerModels,
  drawPosterior,
  type CustomerModel,
  type CustomerModelKind,
  type CustomerModelName,
  type PosteriorDraws,
} from './purchase/customer-models.js';

export {
  fitWithCovariates,
  type CovariateEffects,
  type CovariateFit,
  type CovariateOptions,
  type CovariateWarning,
} from './covariates/fit-with-covariates.js';
export {
  modelOfCustomer,
  type CovariateModel,
  type CovariateModelName,
} from './covariates/covariate-model.js';
export { drawCovariateModels, drawSegments } from './covariates/draw-groups.js';
export {
  fitBySegment,
  type SegmentedFit,
  type SegmentFit,
  type SegmentReason,
} from './covariates/fit-by-segment.js';

export type { BgBbParameters, OpportunitySummary } from './opportunity/bg-bb-likelihood.js';
export { bgBbFuture, bgBbWindowProbability, fitBgBb, logLikelihoodBgBb } from './opportunity/bg-bb.js';

export type { RetentionTable } from './contract/retention-table.js';
export { fitSbg, logLikelihoodSbg, type SbgParameters } from './contract/sbg.js';
export { fitBdw, logLikelihoodBdw, type BdwParameters } from './contract/bdw.js';
export {
  contractSurvival,
  contractValue,
  discountedResidualLifetime,
  retentionCurve,
  type ContractModel,
  type ContractTerms,
  type RetentionCurve,
} from './contract/contract-value.js';

export {
  fitHazard,
  type HazardBaseline,
  type HazardFit,
  type HazardModel,
  type HazardOptions,
} from './contract/hazard.js';
export {
  hazardOf,
  residualLifetimeOfPath,
  retentionOfPath,
  valueOfPath,
  type ContractPath,
} from './contract/hazard-path.js';
export {
  findPersonPeriodFault,
  type PersonPeriodFault,
  type PersonPeriods,
} from './contract/person-periods.js';

export {
  expectedSpend,
  fitGammaGamma,
  logLikelihoodGammaGamma,
  spendPosterior,
  type GammaGammaParameters,
  type SpendFit,
  type SpendModel,
  type SpendSummary,
} from './spend/gamma-gamma.js';

export { spendInterval } from './spend/spend-interval.js';
export {
  fitSpendRegression,
  LN_FREQUENCY,
  spendModelOfCustomer,
  type SpendRegressionFit,
  type SpendRegressionModel,
  type SpendRegressionOptions,
} from './spend/spend-regression.js';

export {
  rfmCuts,
  rfmCutsOfCounts,
  rfmScore,
  rfmScores,
  rfmSegment,
  type RfmColumns,
  type RfmCuts,
  type RfmScores,
  type RfmSegment,
} from './segment/rfm.js';

export {
  backtestReport,
  calibrationTenths,
  naiveOrders,
  predictionErrors,
  type BacktestInput,
  type BacktestReport,
  type CalibrationBin,
  type PredictionErrors,
} from './validate/backtest.js';
export { pearsonCorrelation, spearmanCorrelation } from './validate/correlation.js';

export { featureTable, type FeatureTable } from './features/feature-table.js';
export { codeLevels, treatmentColumns, type CodedLevels } from './features/code-levels.js';
export type { Coefficient } from './linear/coefficients.js';
export type { LikelihoodRatio } from './linear/likelihood-ratio.js';
export type { LeftOutColumn } from './linear/independent-columns.js';

export { eventTable, type EventTable, type Lifetimes } from './survival/event-table.js';
export {
  kaplanMeier,
  survivalAt,
  survivalQuantile,
  type CurveReason,
  type SurvivalCurve,
} from './survival/kaplan-meier.js';
export { nelsonAalen, type HazardCurve } from './survival/nelson-aalen.js';
export { fitCox, type CoxFit, type CoxModel, type CoxOptions } from './survival/cox.js';
export { coxLogHazardRatios, predictCoxSurvival } from './survival/predict-cox.js';
export { concordanceIndex, type Concordance } from './survival/concordance.js';

export {
  fitLogistic,
  type LogisticFit,
  type LogisticModel,
  type LogisticOptions,
} from './classify/logistic.js';
export { logisticContributions, predictLogistic, type Contributions } from './classify/predict-logistic.js';
export { fitIsotonic, isotonicProbability, type IsotonicCalibration } from './classify/isotonic.js';
export { fitPlatt, plattProbability, type PlattCalibration } from './classify/platt.js';
export {
  classificationReport,
  type CalibrationTenth,
  type ClassificationReport,
  type LiftTenth,
} from './classify/classification-report.js';
export {
  fitBoostedTrees,
  type BoostedTreesFit,
  type BoostedTreesModel,
  type BoostedTreesOptions,
} from './classify/boosted-trees.js';
export { predictBoostedTrees, scoreBoostedTrees } from './classify/predict-trees.js';
export { boostedTreesContributions } from './classify/tree-contributions.js';
export {
  histogramFiller,
  packsOf,
  type FillHistogram,
  type HistogramEngine,
  type HistogramMemory,
} from './classify/histograms.js';
export type { TreeFeature } from './classify/feature-bins.js';
export type { DecisionTree } from './classify/grow-tree.js';

export {
  assignClusters,
  fitKMeans,
  type KMeansFit,
  type KMeansModel,
  type KMeansOptions,
} from './cluster/k-means.js';
export {
  compareClusterCounts,
  type ClusterCountLine,
  type ClusterCountOptions,
  type ClusterCounts,
} from './cluster/cluster-count.js';

export { ahpMatrix, ahpWeights, type AhpPair, type AhpWeights } from './grading/ahp.js';
export { criticWeights, entropyWeights } from './grading/data-weights.js';
export { normaliseColumn, type NormalisedColumn, type Normalisation } from './grading/normalise-column.js';
export { topsisCloseness } from './grading/topsis.js';
