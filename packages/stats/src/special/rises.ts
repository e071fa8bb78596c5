import { digamma, trigamma } from './digamma.js';
import { lnRisingFactorial } from './ln-gamma.js';

/** Whole steps between two entries up to which they are gone one by one: fewer divisions than two series take. */
const STEPPED_UP_TO = 24;
/** Beyond this a product of so many factors could pass what doubles hold. */
const STEPPED_BELOW = 1e12;

/** By entry of a list of n: how far lnGamma, digamma and trigamma rise from x to x + n. */
export interface Rises {
  lnGamma: Float64Array;
  digamma: Float64Array;
  trigamma: Float64Array;
}

/** Room for the rises of so many entries. */
export function newRises(size: number): Rises {
  return {
    lnGamma: new Float64Array(size),
    digamma: new Float64Array(size),
    trigamma: new Float64Array(size),
  };
}

/**
 * Fills in the rises from x > 0 to x + n + shift for every n, which must ascend from 0 or above. Each goes on from the one before,
 * so that a list of whole numbers costs a division a step: Abramowitz & Stegun 6.1.15, 6.3.5 and 6.4.6.
 */
export function fillRises(rises: Rises, x: number, ascending: Float64Array, shift: 0 | 1 = 0): void {
  let reached = 0;
  let lnGamma = 0;
  let rise = 0;
  let curve = 0;
  for (let i = 0; i < ascending.length; i++) {
    const n = ascending[i]! + shift;
    const steps = n - reached;
    if (steps <= STEPPED_UP_TO && Number.isInteger(steps) && x + n < STEPPED_BELOW) {
      let product = 1;
      for (; reached < n; reached++) {
        const inverse = 1 / (x + reached);
        product *= x + reached;
        rise += inverse;
        curve -= inverse * inverse;
      }
      lnGamma += Math.log(product);
    } else {
      lnGamma += lnRisingFactorial(x + reached, steps);
      rise += digamma(x + n) - digamma(x + reached);
      curve += trigamma(x + n) - trigamma(x + reached);
      reached = n;
    }
    rises.lnGamma[i] = lnGamma;
    rises.digamma[i] = rise;
    rises.trigamma[i] = curve;
  }
}
