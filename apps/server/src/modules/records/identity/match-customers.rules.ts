import { duplicateReasons, type DuplicateReason } from '@kezi/contract';
import { unknownRegion, type CustomerKey } from './customer-keys.js';

type KeyKind = 'c' | 'r' | 'n' | 'y' | 'b' | 'p' | 'd';
type Nearness = 'same' | 'maybe' | 'unknown';

/**
 * How likely it is that two customers with such a key in common are one, taken by itself. Of the reasons of one family the
 * strongest counts; families are taken for independent of each other, so what they leave in doubt is multiplied.
 * `same`: both names tell the same region, or neither tells one. `maybe`: one tells none. `unknown`: one is a short name.
 */
export const matchWeights: readonly {
  kind: KeyKind;
  reason: DuplicateReason;
  family: 'register' | 'name' | 'phone' | 'domain';
  same: number;
  maybe: number;
  unknown: number;
}[] = [
  { kind: 'c', reason: 'code', family: 'register', same: 0.99, maybe: 0.99, unknown: 0.99 },
  { kind: 'r', reason: 'registry', family: 'register', same: 0.97, maybe: 0.97, unknown: 0.97 },
  { kind: 'n', reason: 'name', family: 'name', same: 0.92, maybe: 0.8, unknown: 0.65 },
  { kind: 'y', reason: 'sound', family: 'name', same: 0.7, maybe: 0.5, unknown: 0.4 },
  { kind: 'b', reason: 'brand', family: 'name', same: 0.7, maybe: 0.5, unknown: 0.4 },
  { kind: 'p', reason: 'phone', family: 'phone', same: 0.6, maybe: 0.6, unknown: 0.6 },
  { kind: 'd', reason: 'domain', family: 'domain', same: 0.55, maybe: 0.55, unknown: 0.55 },
];

/** From here on a pair is shown; from there on it is likely one customer, and one types of it while a customer is entered. */
export const possibleScore = 0.6;
export const likelyScore = 0.8;
/** Firms of one group share telephone and domain: without a name or a number in common it stays a possibility. */
export const withoutNameAtMost = 0.75;
/** Two different codes are two bodies in law, however alike the names. */
export const otherCodeFactor = 0.5;
/** Keys that more customers share tell nobody apart, and comparing each with each would take n². */
export const crowdedKey = 50;

function nearness(a: string, b: string): Nearness | null {
  if (a === b && a !== unknownRegion) return 'same';
  if (a === unknownRegion || b === unknownRegion) return 'unknown';
  return a === '' || b === '' ? 'maybe' : null;
}

interface Match {
  score: number;
  reasons: DuplicateReason[];
}

function strongestByFamily(a: readonly CustomerKey[], b: readonly CustomerKey[]) {
  const families = new Map<string, number>();
  const reasons = new Set<DuplicateReason>();
  for (const own of a) {
    const weight = matchWeights.find(({ kind }) => own.key.startsWith(`${kind}:`));
    for (const other of b) {
      if (weight === undefined || own.key !== other.key) continue;
      const near = nearness(own.region, other.region);
      if (near === null) continue;
      families.set(weight.family, Math.max(families.get(weight.family) ?? 0, weight[near]));
      reasons.add(weight.reason);
    }
  }
  return { families, reasons };
}

const codesOf = (keys: readonly CustomerKey[]) => keys.filter(({ key }) => key.startsWith('c:'));

/** How likely two customers are one, by their keys; 0 without any in common. The same is worked out in SQL for all pairs. */
export function matchKeys(a: readonly CustomerKey[], b: readonly CustomerKey[]): Match {
  const { families, reasons } = strongestByFamily(a, b);
  let doubt = 1;
  for (const weight of families.values()) doubt *= 1 - weight;
  let score = 1 - doubt;
  const isNamed = families.has('register') || families.has('name');
  if (!isNamed) score = Math.min(score, withoutNameAtMost);
  const isOtherBody = codesOf(a).length > 0 && codesOf(b).length > 0 && !reasons.has('code');
  if (isOtherBody) score *= otherCodeFactor;
  return { score, reasons: duplicateReasons.filter((reason) => reasons.has(reason)) };
}
