import type { Fit } from './fit-by-likelihood.js';

/** The end of a fit in logarithms of its parameters, with their covariance: regressions search for effects as logs of factors. */
export interface LogScaleEnd {
  point: number[];
  covariance: number[][] | null;
}

/** Takes a fit back from the natural scale: covariances are divided by both parameters. */
export function onLogScale(fit: Pick<Fit<Record<string, number>>, 'parameters' | 'covariance'>): LogScaleEnd {
  const values = Object.values(fit.parameters);
  const covariance = fit.covariance?.map((row, i) =>
    row.map((value, k) => value / (values[i]! * values[k]!)),
  );
  return { point: values.map(Math.log), covariance: covariance ?? null };
}
