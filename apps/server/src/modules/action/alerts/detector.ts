import type { lakeDetectors } from '@kezi/valuation';
import type { RawBuilder } from 'kysely';

/** What a detector may look at. */
export interface Looking {
  /** The published run whose figures are shown. */
  runId: number;
  /** The one before it; null at the first. */
  previousRunId: number | null;
  /** The day that counts as today for the data. */
  asOf: string;
  /** The day it is: contracts and bills run on without orders. */
  today: string;
  /** Minor units of the base currency in one of it. */
  minorUnit: number;
  /** From this score on it warns. */
  threshold: number;
}

/** A row a customer: customer_id, score (1 at the cut), at_risk (major units of the base currency), evidence (jsonb). */
type Found = RawBuilder<unknown>;

/**
 * A detector as a slice declares it. Its words stand under `alerts.detector.<id>`, `alerts.reason.<id>` (made from the evidence)
 * and `alerts.play.<id>` (what to do); everything else is made from what is said here.
 */
export interface Detector {
  id: string;
  /** Whether it is on before anybody sets it. */
  isOn: boolean;
  /** Days within which it is to be dealt with. */
  dueDays: number;
  /** What dealing with it takes. */
  minutes: number;
  /** For how many days a customer is left alone after somebody dealt with a warning of it. */
  quietDays: number;
  /** Found or not, without a more or less: it knows no threshold. */
  isYesNo?: true;
  /** Looks at orders in the engine first: what it found is in `lake_hit` when `find` is asked. */
  lake?: (typeof lakeDetectors)[number]['id'];
  find: (looking: Looking) => Found;
}

const detectors = new Map<string, Detector>();

/** Slices whose data a detector reads declare it at start. */
export function registerDetector(detector: Detector): void {
  if (detectors.has(detector.id)) throw new Error(`Two detectors are called ${detector.id}.`);
  detectors.set(detector.id, detector);
}

export function allDetectors(): Detector[] {
  return [...detectors.values()];
}

export function findDetector(id: string): Detector | undefined {
  return detectors.get(id);
}
