import { useEffect, useRef } from 'react';
import { AppLink, useGo, useHere } from '../lib/navigate.js';
import type { MenuEntry } from '../lib/feature.js';
import { usePreferences } from '../lib/preferences.js';
import { useMaybeSession } from '../lib/session.js';
import { useAnyWord } from '../lib/words.js';
import { Icon } from '../ui/icon.js';
import { MenuButton } from '../ui/menu-button.js';
import { useNarrow } from '../ui/use-narrow.js';
import { features } from './features.js';
import { activeEntry, groupsOf, railOf, type RailEntry } from './menu.js';
import styles from './place-tabs.module.css';
import { useWords } from './words.js';

/** Where the rail has no room for the pages of its open place (folded, or at the foot of a phone): their names above the page. */
export function PlaceTabs() {
  const { railFolded } = usePreferences();
  const isNarrow = useNarrow();
  const path = useHere().split(/[?#]/)[0] ?? '/';
  const active = activeEntry(railOf(features, useMaybeSession()), path);
  if (!active || active.entry.entries.length < 2 || !(railFolded || isNarrow)) return null;
  const isGrouped = groupsOf(active.entry).length > 1;
  return isNarrow && isGrouped ? (
    <PlaceMenu entry={active.entry} open={active.sub} />
  ) : (
    <PlaceRow entry={active.entry} open={active.sub} />
  );
}

interface PlaceProps {
  entry: RailEntry;
  open: MenuEntry;
}

/** Side by side; a line between one heading's entries and the next's. */
function PlaceRow({ entry, open }: PlaceProps) {
  const t = useWords();
  const say = useAnyWord();
  const row = useRef<HTMLElement>(null);
  // Where not all of them fit, the one that is open is brought into sight.
  useEffect(() => {
    const bar = row.current;
    const tab = bar?.querySelector<HTMLElement>(`[data-path="${open.path}"]`);
    if (!bar || !tab) return;
    bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
  }, [open.path]);
  const place = t(`app.place.${entry.place}`);
  return (
    <nav ref={row} className={styles['tabs']} aria-label={place}>
      {groupsOf(entry).map(({ heading, entries }) => (
        <span key={heading ?? ''} className={styles['group']}>
          {entries.map((sub) => (
            <AppLink
              key={sub.path}
              to={sub.path}
              exact={sub !== open}
              data-path={sub.path}
              className={`${styles['tab']} ${sub === open ? styles['here'] : ''}`}
            >
              {sub.label === undefined ? place : say(sub.label)}
            </AppLink>
          ))}
        </span>
      ))}
    </nav>
  );
}

/** On a phone, where there are too many for a row: the open one's name, and all of them under their headings at a touch. */
function PlaceMenu({ entry, open }: PlaceProps) {
  const t = useWords();
  const say = useAnyWord();
  const go = useGo();
  const place = t(`app.place.${entry.place}`);
  const nameOf = (sub: MenuEntry) => (sub.label === undefined ? place : say(sub.label));
  return (
    <nav className={styles['bar']} aria-label={place}>
      <MenuButton
        align="start"
        label={t('app.pages_of', { place })}
        className={styles['button'] ?? ''}
        groups={groupsOf(entry).map(({ heading, entries }) => ({
          id: heading ?? '',
          ...(heading === undefined ? {} : { title: t(`app.group.${heading}`) }),
          items: entries.map((sub) => ({
            id: sub.path,
            label: nameOf(sub),
            chosen: sub === open,
            onChoose: () => go(sub.path),
          })),
        }))}
      >
        {nameOf(open) === place ? null : <span className={styles['place']}>{place}</span>}
        <span className={styles['open']}>{nameOf(open)}</span>
        <Icon name="down" size={16} />
      </MenuButton>
    </nav>
  );
}
