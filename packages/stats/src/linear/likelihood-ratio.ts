import { regularisedGammaQ } from '../special/incomplete-gamma.js';

/** Twice the gain in log-likelihood of a model over one with fewer parameters, and how likely a larger one is by chance. */
export interface LikelihoodRatio {
  statistic: number;
  degreesOfFreedom: number;
  pValue: number;
}

/** The test of a gain against chi-squared with as many degrees of freedom as parameters were added (Wilks 1938). */
export function likelihoodRatio(gain: number, degreesOfFreedom: number): LikelihoodRatio {
  const statistic = Math.max(0, 2 * gain);
  const pValue = degreesOfFreedom > 0 ? regularisedGammaQ(degreesOfFreedom / 2, statistic / 2) : 1;
  return { statistic, degreesOfFreedom, pValue };
}
