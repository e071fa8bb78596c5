import { useMaybeSession } from '../lib/session.js';
import { setPreferences, usePreferences } from '../lib/preferences.js';
import { AppLink, useHere } from '../lib/navigate.js';
import { Icon } from '../ui/icon.js';
import { IconButton } from '../ui/icon-button.js';
import { Mark } from '../ui/mark.js';
import { features } from './features.js';
import { EntryList } from './entry-list.js';
import { activeEntry, railOf } from './menu.js';
import styles from './rail.module.css';
import { useWords } from './words.js';

/** The left rail; icons only when folded; a bar at the bottom of a phone. */
export function Rail() {
  const t = useWords();
  const session = useMaybeSession();
  const { railFolded } = usePreferences();
  const rail = railOf(features, session);
  const active = activeEntry(rail, useHere().split(/[?#]/)[0] ?? '/');
  return (
    <nav className={`${styles['rail']} ${railFolded ? styles['folded'] : ''}`} aria-label={t('app.menu')}>
      <AppLink to="/" className={styles['brand'] ?? ''} aria-label={t('app.name')}>
        <Mark />
        <span className={styles['name']} translate="no">
          {t('app.name')}
        </span>
      </AppLink>
      <ul className={styles['places']}>
        {rail.map((entry) => {
          const name = t(`app.place.${entry.place}`);
          const here = active?.entry.place === entry.place;
          return (
            <li
              key={entry.place}
              className={entry.place === 'settings' && !here ? styles['last'] : undefined}
            >
              <AppLink
                to={entry.path}
                className={`${styles['place']} ${here ? styles['here'] : ''}`}
                title={railFolded ? name : undefined}
              >
                <Icon name={entry.place} size={20} />
                <span className={styles['word']}>{name}</span>
              </AppLink>
              {here && !railFolded && entry.entries.length > 1 ? (
                <EntryList entry={entry} open={active.sub} />
              ) : null}
            </li>
          );
        })}
      </ul>
      <div className={styles['foot']}>
        <IconButton
          icon={railFolded ? 'unfold' : 'fold'}
          label={t(railFolded ? 'app.unfold' : 'app.fold')}
          onClick={() => setPreferences({ railFolded: !railFolded })}
        />
      </div>
    </nav>
  );
}
