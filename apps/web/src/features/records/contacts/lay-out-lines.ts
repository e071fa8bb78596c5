import type { ContactRow } from '@kezi/contract';

type Person = Pick<ContactRow, 'contactId' | 'reportsToId'>;

export interface PlacedPerson<One extends Person> {
  person: One;
  /** How many stand above. */
  depth: number;
  /** The place from the top; a superior stands in the middle of those below. */
  row: number;
}

/**
 * Reporting lines as a tree that lies on its side: superiors at the left, everybody without somebody below in a row of
 * their own. Who reports to nobody begins a tree; lines that run in a circle, which the server refuses, are cut.
 */
export function layOutLines<One extends Person>(people: readonly One[]): PlacedPerson<One>[] {
  const known = new Set(people.map((person) => person.contactId));
  const below = new Map<number | null, One[]>();
  for (const person of people) {
    const above = person.reportsToId !== null && known.has(person.reportsToId) ? person.reportsToId : null;
    below.set(above, [...(below.get(above) ?? []), person]);
  }
  const placed = new Map<number, PlacedPerson<One>>();
  let rows = 0;
  const place = (person: One, depth: number): number => {
    const entry = { person, depth, row: 0 };
    placed.set(person.contactId, entry);
    const own = (below.get(person.contactId) ?? []).filter((one) => !placed.has(one.contactId));
    const places = own.map((one) => place(one, depth + 1));
    const [first] = places;
    const last = places.at(-1);
    entry.row = first === undefined || last === undefined ? rows++ : (first + last) / 2;
    return entry.row;
  };
  for (const person of below.get(null) ?? []) place(person, 0);
  for (const person of people) if (!placed.has(person.contactId)) place(person, 0);
  return [...placed.values()];
}
