import type { MouseEvent, ReactNode } from 'react';
import { Icon } from './icon.js';
import styles from './unfold-button.module.css';

interface UnfoldButtonProps {
  isOpen: boolean;
  onToggle: (event: MouseEvent) => void;
  title?: string;
  children: ReactNode;
}

/** The first words of a row that opens to what it is made of. */
export function UnfoldButton({ isOpen, onToggle, title, children }: UnfoldButtonProps) {
  return (
    <button
      type="button"
      className={styles['unfold']}
      aria-expanded={isOpen}
      title={title}
      onClick={onToggle}
    >
      <Icon name={isOpen ? 'down' : 'right'} size={14} />
      {children}
    </button>
  );
}
