import { useFormats } from '../../../../lib/formats.js';
import { useWords } from '../words.js';
import { useToday } from './use-today.js';
import styles from './register.module.css';

interface NextOrderProps {
  day: string;
  /** The figures are of a day long gone: the date alone is said, nothing is near or late. */
  stale?: boolean;
}

/** When the next order is due, near days in words; a day that has passed says so, by word and colour. */
export function NextOrder({ day, stale = false }: NextOrderProps) {
  const t = useWords();
  const f = useFormats();
  const today = useToday();
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
