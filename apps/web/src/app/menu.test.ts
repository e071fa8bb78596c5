import { describe, expect, it } from 'vitest';
import { places } from '../lib/feature.js';
import type { Feature } from '../lib/feature.js';
import type { Session } from '../lib/session.js';
import { features as everyFeature } from './features.js';
import english from './locale/menu.en-US.js';
import chinese from './locale/menu.zh-CN.js';
import { activeEntry, groupsOf, placeLetters, railOf } from './menu.js';
import { matchItems, paletteItems } from './palette-items.js';

const words = {
  'zh-CN': () => Promise.resolve({ default: {} }),
  'en-US': () => Promise.resolve({ default: {} }),
};
const features: Feature[] = [
  { id: 'customers', words, menu: { place: 'customers', group: 'register', path: '/customers' }, routes: [] },
  {
    id: 'imports',
    words,
    menu: {
      place: 'customers',
      group: 'data',
      path: '/imports',
      label: 'imports.menu',
      order: 10,
      permission: 'imports:read',
    },
    routes: [],
    commands: [
      {
        id: 'new',
        label: 'imports.start',
        path: '/imports/new',
        permission: 'imports:write',
        keywords: 'daoru dr',
      },
    ],
  },
  { id: 'runs', words, menu: { place: 'value', path: '/runs', permission: 'valuation:run' }, routes: [] },
];
const session = (...permissions: Session['permissions']) => ({ permissions }) as Session;
const say = (key: string) =>
  ({ 'app.place.customers': '客户', 'imports.menu': '导入', 'imports.start': '导入文件' })[key] ?? key;

describe('railOf', () => {
  it('shows only places with something that the reader may use', () => {
    expect(railOf(features, session()).map(({ place }) => place)).toEqual(['customers']);
    expect(railOf(features, session('valuation:run')).map(({ place }) => place)).toEqual([
      'customers',
      'value',
    ]);
  });

  it('begins a place at its first entry', () => {
    const [customers] = railOf(features, session('imports:read'));
    expect(customers).toMatchObject({
      path: '/customers',
      entries: [{ path: '/customers' }, { path: '/imports' }],
    });
  });
});

describe('groupsOf', () => {
  const late: Feature = {
    id: 'contacts',
    words,
    menu: { place: 'customers', group: 'register', path: '/contacts', order: 99 },
    routes: [],
  };
  const headingsOf = (given: Feature[], ...permissions: Session['permissions']) =>
    railOf(given, session(...permissions))
      .flatMap(groupsOf)
      .map(({ heading, entries }) => [heading, ...entries.map(({ path }) => path)]);

  it('puts an entry under its heading, whatever its number among those of another', () => {
    expect(headingsOf([...features, late], 'imports:read')).toEqual([
      ['customers.register', '/customers', '/contacts'],
      ['customers.data', '/imports'],
    ]);
  });

  it('has no heading for what the reader may not use, nor in a place that needs none', () => {
    expect(headingsOf(features, 'valuation:run')).toEqual([
      ['customers.register', '/customers'],
      [undefined, '/runs'],
    ]);
  });
});

describe('activeEntry', () => {
  const rail = railOf(features, session('imports:read', 'valuation:run'));
  it.each([
    ['/customers/12', '/customers'],
    ['/imports/new', '/imports'],
    ['/runs', '/runs'],
  ])('%s belongs to %s', (path, entry) => expect(activeEntry(rail, path)?.sub.path).toBe(entry));

  it('is nothing for a path that only looks alike', () => {
    expect(activeEntry(rail, '/customersandmore')).toBeNull();
  });
});

describe('the command palette', () => {
  const items = paletteItems(features, session('imports:read', 'imports:write'), say);
  const found = (typed: string) => matchItems(items, typed).map(({ title }) => title);

  it('finds by word, by pinyin and by initials', () => {
    expect(found('导入')).toEqual(['导入', '导入文件']);
    expect(found('kehu')).toContain('客户');
    expect(found('dr')).toEqual(['导入文件']);
    expect(found('没有这个')).toEqual([]);
  });

  it('puts what begins with the word first, and shows all when nothing is typed', () => {
    expect(found('').length).toBe(3);
    expect(found('文件')).toEqual(['导入文件']);
  });

  it('hides commands that the reader may not use', () => {
    expect(paletteItems(features, session(), say).map(({ path }) => path)).toEqual(['/customers']);
  });
});

describe('keys', () => {
  it('are different for every place', () => {
    expect(new Set(places.map((place) => placeLetters[place])).size).toBe(places.length);
  });
});

describe('what is said before a page is opened', () => {
  it('is in the words of the menu, in both languages, and nothing else is', () => {
    const labels = everyFeature
      .flatMap(({ menu, customerActs = [] }) => [menu ?? [], customerActs].flat())
      .flatMap(({ label }) => label ?? []);
    for (const said of [chinese, english]) expect(new Set(Object.keys(said))).toEqual(new Set(labels));
  });
});
