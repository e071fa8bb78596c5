import type { TierPreview } from '@kezi/contract';
import type { Weights } from './weigh.rules.js';

/** The weights of a preview, as shares again. */
export function weighingOf(preview: TierPreview): Weights {
  return {
    ofWhole: preview.weights.map(({ weight }) => weight / 100),
    withinAxis: preview.weights.map(({ withinAxis }) => withinAxis / 100),
    axes: preview.axisWeights.map(({ weight }) => weight / 100),
    consistency: preview.consistency,
  };
}
