export interface FixedClock {
  now: () => Date;
  /** Puts the clock to a moment, forwards or backwards. */
  set: (moment: string) => void;
  advance: (milliseconds: number) => void;
}

/** A clock that stands still until it is moved. */
export function fixedClock(start: string): FixedClock {
  let current = new Date(start).getTime();
  return {
    now: () => new Date(current),
    set: (moment) => {
      current = new Date(moment).getTime();
    },
    advance: (milliseconds) => {
      current += milliseconds;
    },
  };
}
