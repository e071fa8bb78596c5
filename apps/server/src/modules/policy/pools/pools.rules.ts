import { CodedError } from '@kezi/contract/errors';

/** What somebody asks for who claims a customer. Days are of the organisation. */
interface Claim {
  claimsPerDay: number | null;
  claimedToday: number;
  holdingCap: number | null;
  holding: number;
  today: string;
  coolDownDays: number;
  /** The day on which the customer was taken from this person; null if it never was his. */
  lostOn: string | null;
  /** He gave it back himself within the last hour: a slip, taken back by claiming. */
  hasJustReleased: boolean;
}

/** A day so many days later. */
function daysLater(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Whether a claim stands.
 * @throws CodedError pools.cooling_down, pools.claims_used_up, pools.holding_too_many
 */
export function checkClaim(claim: Claim): void {
  if (claim.hasJustReleased) return;
  if (claim.lostOn !== null) {
    const on = daysLater(claim.lostOn, claim.coolDownDays);
    if (on > claim.today) throw new CodedError('pools.cooling_down', { on, days: claim.coolDownDays });
  }
  if (claim.claimsPerDay !== null && claim.claimedToday >= claim.claimsPerDay) {
    throw new CodedError('pools.claims_used_up', { limit: claim.claimsPerDay });
  }
  if (claim.holdingCap !== null && claim.holding >= claim.holdingCap) {
    throw new CodedError('pools.holding_too_many', { limit: claim.holdingCap, holding: claim.holding });
  }
}

/**
 * Whether a rule takes so much that whoever switches it on has to type how many: half or more of what it looks at. A rule
 * that takes a fifth each night is a choice; one that takes half is mostly a slip.
 */
export function needsCount(dueNow: number, looksAt: number): boolean {
  return dueNow > 0 && dueNow * 2 >= looksAt;
}
