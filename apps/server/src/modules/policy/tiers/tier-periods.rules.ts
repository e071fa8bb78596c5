/** Something that gave a customer a tier. */
export interface TierFact {
  kind: 'policy' | 'demotion' | 'override';
  /** The first day on which it holds. */
  on: string;
  /** The first day on which it no longer holds; null where only a later fact ends it. */
  until: string | null;
  /** Of a run and its demotions; a demotion holds as long as its run does. */
  tierRunId: number | null;
  tierId: number;
}

interface TierPeriod {
  kind: TierFact['kind'];
  tierId: number;
  from: string;
  /** Without this day; null where it still holds. */
  to: string | null;
  /** Since when the customer has had this tier without a break, however it came about. */
  since: string;
}

/**
 * What holds on a day: an override, else an approved demotion of the last run, else that run. Of two runs with the same first
 * day the one that comes first in `facts` is the later one.
 */
function holdsOn(facts: readonly TierFact[], day: string): TierFact | undefined {
  const begun = facts.filter((fact) => fact.on <= day && (fact.until === null || day < fact.until));
  const override = begun.findLast((fact) => fact.kind === 'override');
  if (override) return override;
  const runs = begun.filter((fact) => fact.kind === 'policy');
  const last = runs.reduce<TierFact | undefined>(
    (best, fact) => (best === undefined || fact.on > best.on ? fact : best),
    undefined,
  );
  return begun.find((fact) => fact.kind === 'demotion' && fact.tierRunId === last?.tierRunId) ?? last;
}

/** The periods in which a customer had a tier in one way, in order and without overlap: on every day at most one. */
export function tierPeriods(facts: readonly TierFact[]): TierPeriod[] {
  const days = [...new Set(facts.flatMap(({ on, until }) => (until === null ? [on] : [on, until])))].sort();
  const periods: TierPeriod[] = [];
  for (const day of days) {
    const fact = holdsOn(facts, day);
    const before = periods.at(-1);
    if (before?.to === null && fact && before.kind === fact.kind && before.tierId === fact.tierId) continue;
    if (before?.to === null) before.to = day;
    if (!fact) continue;
    const unbroken = before?.to === day && before.tierId === fact.tierId;
    periods.push({
      kind: fact.kind,
      tierId: fact.tierId,
      from: day,
      to: null,
      since: unbroken ? before.since : day,
    });
  }
  return periods;
}
