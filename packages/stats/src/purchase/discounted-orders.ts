import { residualProcess, type PurchaseModel } from './purchase-model.js';
import { countMoments, type ResidualProcess } from './residual-process.js';

/** Gauss-Legendre nodes and weights on [0, 1], 8 points (Abramowitz & Stegun 25.4.30). */
const NODES = [
  0.019855071751231884, 0.10166676129318664, 0.2372337950418355, 0.4082826787521751, 0.591717321247825,
  0.7627662049581645, 0.8983332387068134, 0.9801449282487681,
];
const WEIGHTS = [
  0.05061426814518813, 0.11119051722668724, 0.15685332293894363, 0.181341891689181, 0.181341891689181,
  0.15685332293894363, 0.11119051722668724, 0.05061426814518813,
];

/** Length of a panel in ln(1 + s / rate), over which the expected number is smooth to about 1e-10. */
const PANEL = 2.5;
const MOST_PANELS = 64;

/**
 * Expected orders of a living customer within the horizon, each multiplied by e^(-discount * time to it).
 * By parts: e^(-d t) E(t) + d * integral of e^(-d s) E(s) ds, the integral in v = ln(1 + s/rate).
 */
export function discountedCount(process: ResidualProcess, horizon: number, discountPerUnit: number): number {
  if (!(discountPerUnit >= 0)) throw new RangeError(`discountPerUnit must be >= 0, got ${discountPerUnit}`);
  const end = countMoments(process, horizon).first;
  if (discountPerUnit === 0 || horizon === 0) return end;
  const { rate } = process;
  const reach = Math.log1p(horizon / rate);
  const panels = Math.min(
    MOST_PANELS,
    Math.max(1, Math.ceil(reach / PANEL), Math.ceil((discountPerUnit * horizon) / 2)),
  );
  let lost = 0;
  for (let panel = 0; panel < panels; panel++) {
    for (let i = 0; i < NODES.length; i++) {
      const v = (reach * (panel + NODES[i]!)) / panels;
      const time = rate * Math.expm1(v);
      const stretch = rate * Math.exp(v) * (reach / panels);
      lost += WEIGHTS[i]! * stretch * Math.exp(-discountPerUnit * time) * countMoments(process, time).first;
    }
  }
  return Math.min(end, Math.exp(-discountPerUnit * horizon) * end + discountPerUnit * lost);
}

/**
 * Discounted expected orders in (T, T + horizon]: every future order counts e^(-discountPerUnit * wait). Discounting is
 * continuous; a yearly rate d gives discountPerUnit = ln(1 + d) / (units a year). Times expected spend it is the
 * customer's lifetime value over the horizon (Fader, Hardie & Lee 2005, 'RFM and CLV', with a finite horizon).
 * Relative error about 1e-9. Cost: nine times expectedOrders.
 */
export function discountedExpectedOrders(
  model: PurchaseModel,
  x: number,
  tx: number,
  T: number,
  horizon: number,
  discountPerUnit: number,
): number {
  const process = residualProcess(model, x, tx, T);
  return process.pAlive * discountedCount(process, horizon, discountPerUnit);
}
