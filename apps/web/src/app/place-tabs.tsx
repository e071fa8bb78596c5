import { useEffect, useRef } from 'react';
import { AppLink, useHere } from '../lib/navigate.js';
import { useMaybeSession } from '../lib/session.js';
import { useAnyWord } from '../lib/words.js';
import { features } from './features.js';
import { activeEntry, railOf } from './menu.js';
import styles from './place-tabs.module.css';
import { useWords } from './words.js';

/** Where several features share a place of the rail: their names side by side above the page. */
export function PlaceTabs() {
  const t = useWords();
  const say = useAnyWord();
  const path = useHere().split(/[?#]/)[0] ?? '/';
  const rail = railOf(features, useMaybeSession());
  const active = activeEntry(rail, path);
  const tabs = useRef<HTMLElement>(null);
  const here = active?.sub.path;
  // Where not all of them fit, the one that is open is brought into sight.
  useEffect(() => {
    const bar = tabs.current;
    const tab = bar?.querySelector<HTMLElement>(`[data-path="${here}"]`);
    if (!bar || !tab) return;
    bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
  }, [here]);
  if (!active || active.entry.entries.length < 2) return null;
  const place = t(`app.place.${active.entry.place}`);
  return (
    <nav ref={tabs} className={styles['tabs']} aria-label={place}>
      {active.entry.entries.map((entry) => (
        <AppLink
          key={entry.path}
          to={entry.path}
          data-path={entry.path}
          className={`${styles['tab']} ${entry === active.sub ? styles['here'] : ''}`}
        >
          {entry.label === undefined ? place : say(entry.label)}
        </AppLink>
      ))}
    </nav>
  );
}
