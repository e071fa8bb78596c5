const minute = 60_000;

/** After the first failure a minute, after the sixth twelve hours: in all about 21 hours. Then it is given up. */
const pausesMs = [1, 5, 30, 120, 360, 720].map((minutes) => minutes * minute);

/** Attempts of one round. */
export const mostAttempts = pausesMs.length + 1;

/**
 * When to try again after so many attempts, or null when it is given up. A fifth more or less by chance, so that what failed
 * together does not come back together.
 * @param chance from 0 up to 1
 */
export function nextAttempt(attempts: number, now: Date, chance: number): Date | null {
  const pause = pausesMs[attempts - 1];
  return pause === undefined ? null : new Date(now.getTime() + pause * (0.8 + 0.4 * chance));
}
