import { expect, it } from 'vitest';

/** `npm run test:long` runs the long number of points, everything else the short one. */
export const isLong = process.env['KEZI_DRILLS'] === 'long';

interface Drill {
  name: string;
  /** Points at which something is injured: in `npm test`, and in the long run. */
  points: { short: number; long: number };
  /** What may pass between two points, in seconds; the drill fails when all of it takes longer. */
  secondsEach: number;
  /** Points that are struck at the same time, each in a lane (from 0) with a company of its own; 1 unless told. */
  abreast?: number;
  /** One point. A point that does not hold throws. */
  strike: (seed: number, lane: number) => Promise<void>;
  /** After the last point, for what only the whole can show. */
  after?: () => Promise<void>;
}

function tell(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * A drill as one test: strikes at every seed, goes on after a point that did not hold, and says how many held. The seeds
 * that did not hold are named; KEZI_DRILL_SEED=<seed> strikes at that one alone.
 */
export function drill({ name, points, secondsEach, abreast = 1, strike, after }: Drill): void {
  const only = process.env['KEZI_DRILL_SEED'];
  const count = isLong ? points.long : points.short;
  const seeds = only === undefined ? Array.from({ length: count }, (_, i) => i + 1) : [Number(only)];
  it(
    `${name} (${seeds.length} points)`,
    async () => {
      const began = performance.now();
      const broken: string[] = [];
      let tried = 0;
      const left = seeds.toReversed();
      const walk = async (lane: number): Promise<void> => {
        // Three say what is wrong as well as three hundred.
        for (let seed = left.pop(); seed !== undefined && broken.length < 3; seed = left.pop()) {
          tried++;
          try {
            await strike(seed, lane);
          } catch (error) {
            broken.push(`KEZI_DRILL_SEED=${seed}: ${tell(error)}`);
            // At once: of a long run that is stopped before its end nothing else remains.
            process.stdout.write(`drill: did not hold: ${broken.at(-1)}\n`);
          }
        }
      };
      await Promise.all(Array.from({ length: abreast }, (_, lane) => walk(lane)));
      const missed = broken.length;
      try {
        await after?.();
      } catch (error) {
        // What broke first is told first.
        broken.push(`after all points: ${tell(error)}`);
      }
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      process.stdout.write(`drill: ${name}: ${tried} tried, ${tried - missed} held, ${seconds} s\n`);
      expect(broken.join('\n\n')).toBe('');
    },
    (30 + secondsEach * seeds.length) * 1000,
  );
}
