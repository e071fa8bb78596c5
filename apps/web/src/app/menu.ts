import { places } from '../lib/feature.js';
import type { Feature, MenuEntry, Place } from '../lib/feature.js';
import { can } from '../lib/session.js';
import type { Session } from '../lib/session.js';

interface RailEntry {
  place: Place;
  /** Where the place begins: its first entry that the reader may use. */
  path: string;
  entries: MenuEntry[];
}

const entriesOf = (feature: Feature): MenuEntry[] => [feature.menu ?? []].flat();

/** The rail of this reader: places in their fixed order, only those with something to see. */
export function railOf(features: readonly Feature[], session: Session | null): RailEntry[] {
  const all = features.flatMap(entriesOf).filter((entry) => can(session, entry.permission));
  return places.flatMap((place) => {
    const entries = all
      .filter((entry) => entry.place === place)
      .sort((one, other) => (one.order ?? 0) - (other.order ?? 0));
    const first = entries[0];
    return first ? [{ place, path: first.path, entries }] : [];
  });
}

/** The entry of a place to which the path belongs: the longest that it begins with. */
export function activeEntry(
  rail: readonly RailEntry[],
  path: string,
): { entry: RailEntry; sub: MenuEntry } | null {
  let best: { entry: RailEntry; sub: MenuEntry } | null = null;
  for (const entry of rail) {
    for (const sub of entry.entries) {
      const within = path === sub.path || path.startsWith(`${sub.path}/`);
      if (within && sub.path.length > (best?.sub.path.length ?? -1)) best = { entry, sub };
    }
  }
  return best;
}

/** The letter after g that leads to each place: the first of its English word that is free. */
export const placeLetters: Record<Place, string> = {
  today: 't',
  customers: 'c',
  value: 'v',
  grading: 'g',
  action: 'a',
  voice: 'o',
  loyalty: 'l',
  books: 'b',
  reports: 'r',
  settings: 's',
};
