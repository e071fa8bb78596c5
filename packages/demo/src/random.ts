/** Which part of a customer a stream of random numbers is for. A stream of its own keeps a change in one part out of the others. */
type Purpose = 'profile' | 'process' | 'basket' | 'archive';

const purposeCode: Record<Purpose, number> = { profile: 1, process: 2, basket: 3, archive: 4 };

/** A well-mixed 32-bit hash of two integers (the finisher of MurmurHash3). */
export function mix(value: number, salt: number): number {
  let hash = Math.imul(value ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0x27d4eb2f);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Random numbers by xoshiro128** (Blackman & Vigna 2018). The state is made from (seed, index, purpose), so
 * customer 700,000 can be written without writing the ones before it, and the same seed gives the same bytes.
 */
export class RandomStream {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 1;

  constructor(seed: number, index: number, purpose: Purpose) {
    const first = mix(mix(seed | 0, purposeCode[purpose]), index | 0);
    this.a = first;
    this.b = mix(first, 0x51ed270b);
    this.c = mix(first ^ index, 0x2545f491);
    this.d = mix(first ^ seed, 0x6c8e9cf5) | 1;
    for (let i = 0; i < 4; i++) this.bits();
  }

  /** 32 random bits as an unsigned integer. */
  bits(): number {
    const scrambled = Math.imul(this.b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result;
  }

  /** Uniform on the open interval (0, 1); never exactly 0 or 1, so its logarithm is finite. */
  uniform(): number {
    return (this.bits() + 0.5) / 4_294_967_296;
  }

  /** Uniform on [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** An integer of 0 .. count - 1. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return -Math.log(this.uniform());
  }

  /** Standard normal by the polar method (Marsaglia & Bray 1964). */
  normal(): number {
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const s = x * x + y * y;
      if (s < 1) return x * Math.sqrt((-2 * Math.log(s)) / s);
    }
  }

  /** Gamma with the given shape and scale 1 (Marsaglia & Tsang 2000; shapes below 1 by the power of a uniform). */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * Math.pow(this.uniform(), 1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      if (Math.log(this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  /** Beta(a, b) as a ratio of gammas. */
  beta(a: number, b: number): number {
    const x = this.gamma(a);
    return x / (x + this.gamma(b));
  }

  /** Poisson by counting exponential arrivals; meant for means below ten. */
  poisson(mean: number): number {
    let count = 0;
    for (let time = this.exponential(); time < mean; time += this.exponential()) count++;
    return count;
  }

  /** One item, each as likely as the others. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('Cannot pick from an empty list.');
    return item;
  }

  /** The place of a weighted draw; `cumulative` rises and ends at the total weight. */
  pickWeighted(cumulative: Float64Array): number {
    const last = cumulative.length - 1;
    const target = this.uniform() * (cumulative[last] ?? 0);
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cumulative[middle] ?? 0) > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Running totals of weights, for `pickWeighted`. */
export function cumulate(weights: readonly number[]): Float64Array {
  const totals = new Float64Array(weights.length);
  let total = 0;
  weights.forEach((weight, i) => {
    total += weight;
    totals[i] = total;
  });
  return totals;
}
