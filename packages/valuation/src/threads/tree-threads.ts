import { histogramFiller, packsOf, type HistogramEngine } from '@kezi/stats';
import type { Threads } from './open-threads.js';

/** Rows times packs below which waking a helper takes longer than the work: 50 microseconds at some 8 ns each. */
const WORTH_WAKING = 8000;

/**
 * Fills histograms of boosted trees on several threads: each has its own packs of columns. Sums are of whole numbers, so the
 * trees are the same bytes on any number of threads. One training at a time.
 */
export function histogramsOn(threads: Threads): HistogramEngine {
  return {
    allocate: (bytes) => new SharedArrayBuffer(bytes),
    start: (memory) => {
      const packs = packsOf(memory.features);
      const workers = Math.min(threads.helpers + 1, packs);
      const border = (share: number): number => Math.round((Math.min(share, workers) * packs) / workers);
      const alone = histogramFiller(memory, 0, packs);
      // The asking thread takes the first share, helper k the share after k others.
      const own = histogramFiller(memory, 0, border(1));
      threads.together(
        (helper) => ({
          kind: 'histograms-start',
          memory,
          fromPack: border(helper + 1),
          toPack: border(helper + 2),
        }),
        () => undefined,
      );
      return (slot, from, to) => {
        if (workers === 1 || (to - from) * packs < WORTH_WAKING) alone(slot, from, to);
        else
          threads.together(
            () => ({ kind: 'histograms-fill', slot, from, to }),
            () => own(slot, from, to),
          );
      };
    },
  };
}
