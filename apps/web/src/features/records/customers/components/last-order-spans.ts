const dayMs = 86_400_000;

/** The calendar day so many days before another, both yyyy-mm-dd. */
const daysBefore = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * dayMs).toISOString().slice(0, 10);

/** Spans of the last order that are asked for often: who bought of late, and who has been silent for long. */
export function lastOrderSpans(today: string) {
  return [
    { id: 'recent', from: daysBefore(today, 30), to: undefined },
    { id: 'quarter', from: daysBefore(today, 90), to: undefined },
    { id: 'silent', from: undefined, to: daysBefore(today, 181) },
    { id: 'long', from: undefined, to: daysBefore(today, 366) },
  ] as const;
}
