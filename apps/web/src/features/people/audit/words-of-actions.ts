import type { AuditAction } from '@kezi/contract';

/** A word for everything that the audit may say was done: one that is missing is a fault of types. */
export type WordsOfActions = Record<`audit.action.${AuditAction}`, string> & Record<string, string>;
