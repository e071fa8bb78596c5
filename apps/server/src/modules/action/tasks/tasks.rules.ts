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

/** What is late or due today comes before what can wait; within both, what brings most for an hour. */
export function inOrder<Item extends Weighed>(items: readonly Item[], today: string): Item[] {
  const canWait = (item: Item): number => (item.dueOn <= today ? 0 : 1);
  return [...items].sort(
    (a, b) =>
      canWait(a) - canWait(b) ||
      valueAnHour(b) - valueAnHour(a) ||
      (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0),
  );
}
