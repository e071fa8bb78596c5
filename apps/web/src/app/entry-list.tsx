import type { MenuEntry } from '../lib/feature.js';
import { AppLink } from '../lib/navigate.js';
import { useAnyWord } from '../lib/words.js';
import styles from './entry-list.module.css';
import { groupsOf, type RailEntry } from './menu.js';
import { useWords } from './words.js';

/** The pages of the open place, below it in the rail and under their headings. */
export function EntryList({ entry, open }: { entry: RailEntry; open: MenuEntry }) {
  const t = useWords();
  const say = useAnyWord();
  const place = t(`app.place.${entry.place}`);
  return (
    <div className={styles['list']}>
      {groupsOf(entry).map(({ heading, entries }) => (
        <section key={heading ?? ''} {...(heading ? { 'aria-label': t(`app.group.${heading}`) } : {})}>
          {heading === undefined ? null : <h2 className={styles['heading']}>{t(`app.group.${heading}`)}</h2>}
          <ul>
            {entries.map((sub) => {
              const name = sub.label === undefined ? place : say(sub.label);
              return (
                <li key={sub.path}>
                  <AppLink
                    to={sub.path}
                    exact={sub !== open}
                    title={name}
                    className={`${styles['entry']} ${sub === open ? styles['here'] : ''}`}
                  >
                    {name}
                  </AppLink>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}
