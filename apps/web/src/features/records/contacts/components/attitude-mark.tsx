import type { ContactRow } from '@kezi/contract';
import { attitudeColour, attitudeKey, attitudeSigns } from '../attitude.js';
import { useWords } from '../words.js';
import styles from './contacts.module.css';

/** How somebody stands to us: colour, sign and word. */
export function AttitudeMark({ contact }: { contact: Pick<ContactRow, 'attitude'> }) {
  const t = useWords();
  const key = attitudeKey(contact);
  return (
    <span className={styles['attitude']} data-colour={attitudeColour(contact)}>
      <span aria-hidden="true" className={styles['sign']}>
        {attitudeSigns[key]}
      </span>
      {t(`contacts.attitude.${key}`)}
    </span>
  );
}
