import type { ReactNode } from 'react';
import styles from './key-values.module.css';

interface KeyValuesProps {
  items: readonly { label: ReactNode; value: ReactNode; id?: string }[];
  columns?: 1 | 2 | 3;
}

/** Facts as label and value. */
export function KeyValues({ items, columns = 1 }: KeyValuesProps) {
  return (
    <dl className={styles['list']} data-columns={columns}>
      {items.map((item, index) => (
        <div key={item.id ?? index} className={styles['item']}>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
