import { useFormats } from '../../../../lib/formats.js';
import { useWords } from '../words.js';
import styles from './register.module.css';

interface NextOrderProps {
  day: string;
  /** The organisation's day, yyyy-mm-dd. */
  today: string;
  /** The figures are of a day long gone: the date alone is said, nothing is near or late. */
  stale?: boolean;
}

/** When the next order is due, near days in words; a day that has passed says so, by word and colour. */
export function NextOrder({ day, today, stale = false }: NextOrderProps) {
  const t = useWords();
  const f = useFormats();
  const late = !stale && day < today;
  return (
    <time
      dateTime={day}
      title={late ? t('customers.overdueTitle', { day: f.date(day) }) : f.date(day)}
      className={late ? styles['overdue'] : styles['due']}
    >
      {stale ? f.date(day) : f.nearDay(day)}
    </time>
  );
}
