import type { Feature, Place } from '../lib/feature.js';
import { can } from '../lib/session.js';
import type { Session } from '../lib/session.js';
import { railOf } from './menu.js';

export interface PaletteItem {
  id: string;
  group: 'pages' | 'commands' | 'settings';
  title: string;
  note?: string;
  /** Lower case: pinyin, initials, the English word. */
  keywords: string;
  path?: string;
  run?: () => void;
}

/** Pinyin and initials of the rail's words, for those who type Latin letters in a Chinese program. */
const placeKeywords: Record<Place, string> = {
  today: 'jintian jt today',
  customers: 'kehu kh customers',
  value: 'jiazhi jz value',
  grading: 'fenji fj grading',
  action: 'xingdong xd action',
  voice: 'shengyin sy voice',
  loyalty: 'zhongcheng zc loyalty',
  books: 'zhangben zb books',
  reports: 'baobiao bb reports',
  settings: 'shezhi sz settings',
};

type Say = (key: string) => string;

/** Every page of the rail and every command that the reader may use. */
export function paletteItems(features: readonly Feature[], session: Session | null, say: Say): PaletteItem[] {
  const pages = railOf(features, session).flatMap(({ place, entries }) =>
    entries.map((entry): PaletteItem => {
      const placeName = say(`app.place.${place}`);
      const own = entry.label === undefined ? placeName : say(entry.label);
      return {
        id: entry.path,
        group: 'pages',
        title: own,
        ...(own === placeName ? {} : { note: placeName }),
        keywords: `${placeKeywords[place]} ${entry.path.slice(1)}`,
        path: entry.path,
      };
    }),
  );
  const commands = features.flatMap((feature) =>
    (feature.commands ?? [])
      .filter((command) => can(session, command.permission))
      .map((command): PaletteItem => ({
        id: `${feature.id}.${command.id}`,
        group: 'commands',
        title: say(command.label),
        keywords: command.keywords ?? '',
        path: command.path,
      })),
  );
  return [...pages, ...commands];
}

/** Items that hold every word typed, in title or keywords; those that begin with it first, else in their own order. */
export function matchItems(items: readonly PaletteItem[], typed: string): PaletteItem[] {
  const wanted = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const scored = items.map((item, order) => {
    const title = item.title.toLowerCase();
    const found = wanted.every((word) => title.includes(word) || item.keywords.includes(word));
    const begins = wanted.every(
      (word) =>
        title.startsWith(word) || item.keywords.split(' ').some((keyword) => keyword.startsWith(word)),
    );
    return { item, order, rank: found ? (begins ? 0 : 1) : -1 };
  });
  return scored
    .filter(({ rank }) => rank >= 0)
    .sort((one, other) => one.rank - other.rank || one.order - other.order)
    .map(({ item }) => item);
}
