/*
 * Terms. Order day: a day on which a customer ordered, with its net amount (features/order-day.ts). Detector: says of a
 * customer, from what was known on a day, how far the thing it watches has gone; from a score of 1 on it warns. Yardstick:
 * the plain rule that a detector must beat. Outcome: what the detector warns of, looked up afterwards.
 */

/** The relation a detector reads: customer_id, day, net_minor, gap (days since the order day before; null at the first). */
export interface OrderDaySource {
  relation: string;
  /** The last day that is known. */
  asOfDay: number;
  /** Spend of a period of 28 days to the mean, by its place in the year of 13 periods ending at `asOfDay`; 1 where unknown. */
  season: readonly number[];
}

export type LakeDetectorId = 'overdue' | 'spend-fall';

/**
 * A detector whose data are orders. A small declared thing: everything else (run, back-test, pages) is made from it. Its SQL is
 * asked of the lake on past days and of PostgreSQL today, so it says nothing that only one of them understands.
 */
export interface LakeDetector {
  id: LakeDetectorId;
  /** Figures that a warning shows as its reasons, in the order of the query's columns. */
  evidence: readonly string[];
  /** Above it the story is over: no warning any more. */
  highestScore: number;
  /**
   * In the back-test: with a higher yardstick than this a customer has been given up by every rule, and there is nothing left to
   * decide. Without it customers who left years ago would count as found, week after week.
   */
  longestWait: number;
  /**
   * A row a customer who can be judged: customer_id, score, yardstick (warns from 1 on), then the evidence; all FLOAT8 but the
   * id.
   */
  query: (source: OrderDaySource) => string;
  /** How many days after `asOfDay` must be known to look up what became of it. */
  outcomeDays: number;
  /** A row a customer whom `query` judged: customer_id, lost (1 or 0), from order days after `asOfDay` as well. */
  outcome: (source: OrderDaySource) => string;
}
