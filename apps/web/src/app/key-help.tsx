import { useMaybeSession } from '../lib/session.js';
import { Dialog } from '../ui/dialog.js';
import { features } from './features.js';
import styles from './key-help.module.css';
import { placeLetters, railOf } from './menu.js';
import { useWords } from './words.js';

/** The table of keys, made of the same list that the keys are read from. */
export default function KeyHelp({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const rail = railOf(features, useMaybeSession());
  const rows: { keys: string[]; joined: 'then' | 'or'; does: string }[] = [
    { keys: ['Ctrl K'], joined: 'or', does: t('app.keys.search') },
    { keys: ['/'], joined: 'or', does: t('app.keys.filter') },
    ...rail.map(({ place }) => ({
      keys: ['g', placeLetters[place]],
      joined: 'then' as const,
      does: t('app.keys.go', { place: t(`app.place.${place}`) }),
    })),
    { keys: ['j', 'k'], joined: 'or', does: t('app.keys.rows') },
    { keys: ['Enter'], joined: 'or', does: t('app.keys.open') },
    { keys: ['e'], joined: 'or', does: t('app.keys.edit') },
    { keys: ['Esc'], joined: 'or', does: t('app.keys.close') },
    { keys: ['?'], joined: 'or', does: t('app.keys.help') },
  ];
  return (
    <Dialog open onClose={onClose} title={t('app.keys')}>
      <dl className={styles['keys']}>
        {rows.map((row) => (
          <div key={row.does} className={styles['row']}>
            <dt>{row.does}</dt>
            <dd>
              {row.keys.map((key, index) => (
                <span key={key}>
                  {index > 0 ? <span className={styles['join']}>{t(`app.keys.${row.joined}`)}</span> : null}
                  <kbd>{key}</kbd>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
