import type { ReactNode } from 'react';
import styles from './tag.module.css';

interface TagProps {
  tone?: 'neutral' | 'good' | 'warn' | 'bad' | 'accent';
  children: ReactNode;
  title?: string;
}

/** A state in a word. */
export function Tag({ tone = 'neutral', children, title }: TagProps) {
  return (
    <span className={`${styles['tag']} ${styles[tone]}`} title={title}>
      {children}
    </span>
  );
}
