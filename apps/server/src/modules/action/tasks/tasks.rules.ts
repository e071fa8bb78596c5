/** What dealing with a warning takes whose detector is no longer there. */
export const usualMinutes = 30;

/** Of the value of a customer, what a follow-up that nobody has valued is taken to win: it orders the list, and is booked nowhere. */
const shareOfFollowUp = 0.02;

interface Weighed {
  dueOn: string;
  minutes: number;
  value: number;
}

export function valueOfTask(clv: number | null): number {
  return Math.max(0, clv ?? 0) * shareOfFollowUp;
}

export function valueAnHour({ value, minutes }: Weighed): number {
  return (value * 60) / minutes;
}

const dayMs = 86_400_000;

/**
 * What brings most for an hour comes first. What can wait is divided by the days that are left, today among them: a tenth of the
 * value is before it only where ten days are. Of equals, what is due earlier.
 */
export function inOrder<Item extends Weighed>(items: readonly Item[], today: string): Item[] {
  const daysLeft = ({ dueOn }: Item): number =>
    Math.max(1, 1 + Math.round((Date.parse(dueOn) - Date.parse(today)) / dayMs));
  const weight = (item: Item): number => valueAnHour(item) / daysLeft(item);
  return [...items].sort(
    (a, b) => weight(b) - weight(a) || (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0),
  );
}
