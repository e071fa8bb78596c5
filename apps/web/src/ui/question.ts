import type { ReactNode } from 'react';

/** What is asked before something that cannot be undone easily. */
export interface Question {
  title: string;
  text?: ReactNode;
  /** What the button says: the deed itself ('Delete the team'), never 'OK'. */
  action: string;
  danger?: boolean;
  /** For what cannot be undone: the name must be typed. */
  typeName?: string;
}
