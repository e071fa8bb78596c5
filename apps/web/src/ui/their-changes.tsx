import { Button } from 'antd';
import type { ApiError } from '../lib/api-error.js';
import type { LatestDraft } from '../lib/latest-draft.js';
import styles from './their-changes.module.css';
import { useCommonWords } from './words.js';

interface TheirChangesProps<Draft extends object> {
  held: LatestDraft<Draft>;
  /** The refusal, where there was one: it says who it was. */
  error: ApiError | null;
  labels: Readonly<Record<keyof Draft, string>>;
  /** Their values in words; empty for none. */
  theirs: Readonly<Record<keyof Draft, string>>;
  /** Fields that they changed too and whose value is not shown here. */
  unseen?: readonly string[];
}

/** Longer values are read in the record itself. */
const mostShown = 120;

/** What somebody else has changed of a record while it stood open in a form. */
export function TheirChanges<Draft extends object>(props: TheirChangesProps<Draft>) {
  const t = useCommonWords();
  const { held, error, labels, theirs, unseen = [] } = props;
  const { changes } = held;
  if (changes.length === 0 && unseen.length === 0) return null;
  const by = error?.params['by'];
  const value = (field: keyof Draft) => {
    const text = theirs[field];
    if (text === '') return t('theirs.empty');
    return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
  };
  return (
    <div className={styles['changes']} role="alert">
      <p>{by === undefined ? t('theirs.somebody') : t('theirs.by', { by: String(by) })}</p>
      <ul>
        {changes.map(({ field, isTaken }) => (
          <li key={String(field)}>
            {t(isTaken ? 'theirs.taken' : 'theirs.kept', { field: labels[field], theirs: value(field) })}
            {isTaken ? null : (
              <Button type="link" size="small" onClick={() => held.take(field)}>
                {t('theirs.take')}
              </Button>
            )}
          </li>
        ))}
        {unseen.map((field) => (
          <li key={field}>{t('theirs.unseen', { field })}</li>
        ))}
      </ul>
      <p>{t('theirs.save')}</p>
    </div>
  );
}
