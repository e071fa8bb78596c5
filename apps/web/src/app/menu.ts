import { placeGroups, places } from '../lib/feature.js';
import type { Feature, MenuEntry, Place } from '../lib/feature.js';
import { can } from '../lib/session.js';
import type { Session } from '../lib/session.js';

/** `customers.trade`: the place and its heading, as app/locale names it. */
type EntryHeading = {
  [Grouped in keyof typeof placeGroups]: `${Grouped}.${(typeof placeGroups)[Grouped][number]}`;
}[keyof typeof placeGroups];

export interface RailEntry {
  place: Place;
  /** Where the place begins: its first entry that the reader may use. */
  path: string;
  entries: MenuEntry[];
}

const entriesOf = (feature: Feature): MenuEntry[] => [feature.menu ?? []].flat();

/** Where the heading of an entry stands among those of its place; 0 in a place without headings. */
function groupOrder(entry: MenuEntry): number {
  return entry.group === undefined ? 0 : (placeGroups[entry.place] as readonly string[]).indexOf(entry.group);
}

/** The rail of this reader: places in their fixed order, only those with something to see. */
export function railOf(features: readonly Feature[], session: Session | null): RailEntry[] {
  const all = features.flatMap(entriesOf).filter((entry) => can(session, entry.permission));
  return places.flatMap((place) => {
    const entries = all
      .filter((entry) => entry.place === place)
      .sort((one, other) => groupOrder(one) - groupOrder(other) || (one.order ?? 0) - (other.order ?? 0));
    const first = entries[0];
    return first ? [{ place, path: first.path, entries }] : [];
  });
}

/** Entries of a place under their headings, in order; one group without a heading where the place has none. */
export function groupsOf(entry: RailEntry): { heading: EntryHeading | undefined; entries: MenuEntry[] }[] {
  const groups: { heading: EntryHeading | undefined; entries: MenuEntry[] }[] = [];
  for (const sub of entry.entries) {
    const heading: EntryHeading | undefined =
      sub.group === undefined ? undefined : (`${sub.place}.${sub.group}` as EntryHeading);
    const last = groups.at(-1);
    if (last && last.heading === heading) last.entries.push(sub);
    else groups.push({ heading, entries: [sub] });
  }
  return groups;
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
