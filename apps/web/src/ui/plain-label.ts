import type { ReactNode } from 'react';

/** Options of a tree are indented in the list; what is chosen is not. */
export const plainLabel = ({ label }: { label?: ReactNode }): ReactNode =>
  typeof label === 'string' ? label.trim() : label;
