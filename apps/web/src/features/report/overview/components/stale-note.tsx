import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { useWords } from '../words.js';
import styles from './stale-note.module.css';

/** Orders came in after the figures were made: said above them, with the way to new ones. */
export function StaleNote({ changed }: { changed: number }) {
  const t = useWords();
  const f = useFormats();
  const canRun = useCan('valuation:run');
  if (changed === 0) return null;
  return (
    <output className={styles['note']}>
      {t('overview.stale', { count: f.count(changed) })}
      {canRun ? <AppLink to="/value/runs">{t('overview.runAgain')}</AppLink> : null}
    </output>
  );
}
