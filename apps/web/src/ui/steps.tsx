import { Icon } from './icon.js';
import styles from './steps.module.css';

interface StepsProps {
  current: string;
  items: readonly { id: string; title: string; note?: string }[];
  /** Lets the reader go back to a finished step. */
  onGo?: (id: string) => void;
}

/** Where one is in a task of several steps. */
export function Steps({ current, items, onGo }: StepsProps) {
  const at = items.findIndex((item) => item.id === current);
  return (
    <ol className={styles['steps']}>
      {items.map((item, index) => {
        const state = index < at ? 'done' : index === at ? 'now' : 'later';
        const body = (
          <>
            <span className={styles['number']} aria-hidden="true">
              {state === 'done' ? <Icon name="check" size={14} /> : index + 1}
            </span>
            <span className={styles['words']}>
              <span className={styles['title']}>{item.title}</span>
              {item.note === undefined ? null : <span className={styles['note']}>{item.note}</span>}
            </span>
          </>
        );
        return (
          <li
            key={item.id}
            className={`${styles['step']} ${styles[state]}`}
            aria-current={state === 'now' ? 'step' : undefined}
          >
            {state === 'done' && onGo ? (
              <button type="button" className={styles['go']} onClick={() => onGo(item.id)}>
                {body}
              </button>
            ) : (
              body
            )}
          </li>
        );
      })}
    </ol>
  );
}
