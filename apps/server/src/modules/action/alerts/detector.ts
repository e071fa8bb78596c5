import type { Language } from '@kezi/contract/errors';
import type { LakeDetectorId } from '@kezi/valuation';
import type { RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { ValueBasis } from '../../insight/valuation/index.js';
import type { PastTable } from './past-records.js';

/*
 * Terms. Look: what a detector says of one customer on a day. Frame: what holds for all customers alike when it looks (runs,
 * threshold, what it worked out of everybody). Wake: the first day on which time alone may change a look. A run looks again at
 * customers whose rows changed and at those whose day has come; at everybody when the frame is another one.
 */

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
  currency: string;
  /** Minor units of the base currency in one of it. */
  minorUnit: number;
  basis: ValueBasis;
  /** Somebody waits for it: what takes a pass over all orders, and can wait for the night, waits. */
  isAwaited: boolean;
  /** From this score on it warns. */
  threshold: number;
  /** What `prepare` worked out. */
  prepared: Prepared;
  /** A condition on a column of customer ids: those who are looked at. */
  among: (column: string) => string;
}

/** Figures over everybody, kept as JSON. */
export type Prepared = Readonly<Record<string, number | string | readonly number[] | null>>;

/**
 * A row a customer: customer_id, score (1 at the cut; null: not yet), at_risk (major units of the base currency), evidence
 * (jsonb), wake_on (date; null: time changes nothing). Who is not and will not be found by time alone is left out. Of a
 * detector with `growing` also grows_from (date) and grows_days (float8): the score of any day until wake_on is the days since
 * the one, by the other.
 */
type Found = RawBuilder<unknown>;

/** What the past keeps of what a detector looks at. */
type Past =
  /** Orders, as the lake has them. */
  | { kind: 'lake'; detector: LakeDetectorId }
  /** Records with days of their own: the same question is asked of them as they were. */
  | { kind: 'records'; tables: readonly [PastTable, ...PastTable[]] }
  /** Figures of the runs that were published. */
  | { kind: 'runs' }
  /** Nothing to foretell (it states what is), or tried already on customers held out when a model was trained. */
  | { kind: 'fact' | 'training' };

/**
 * A detector as a slice declares it. Its words on the page stand under `alerts.detector.<id>`, `alerts.about.<id>`,
 * `alerts.reason.<id>` (made from the evidence, whose names say what they are: `...Share`, `...Amount`, `...On`) and
 * `alerts.play.<id>` (what to do), with the menu words of its feature; everything else is made from what is said here. A table
 * that it reads marks its customers by triggers (migrations/mark-customers.ts).
 */
export interface Detector {
  id: string;
  /** What it is called on paper and on the command line. */
  name: Readonly<Record<Language, string>>;
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
  /** What the past keeps of what it looks at, for the back-test. */
  past: Past;
  /**
   * What is found grows by the day: the figure of the evidence that counts the days since `grows_from`. Without it whoever is
   * found would be looked at again every day.
   */
  growing?: string;
  /** Whose day its waits are counted by: the last day of the orders, or the day it is. */
  clock: 'orders' | 'calendar';
  /** Figures over everybody that its looks are made with; `before` is what it worked out last. */
  prepare?: (db: Db, looking: Omit<Looking, 'prepared'>, before: Prepared | null) => Promise<Prepared>;
  find: (looking: Looking) => Found | Promise<Found>;
}

const detectors = new Map<string, Detector>();

/** Slices whose data a detector reads declare it at start. @returns takes it out again */
export function registerDetector(detector: Detector): () => void {
  if (detectors.has(detector.id)) throw new Error(`Two detectors are called ${detector.id}.`);
  detectors.set(detector.id, detector);
  return () => void detectors.delete(detector.id);
}

export function allDetectors(): Detector[] {
  return [...detectors.values()];
}

export function findDetector(id: string): Detector | undefined {
  return detectors.get(id);
}
