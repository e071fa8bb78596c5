import { useCallback } from 'react';
import { toApiError } from '../lib/api-error.js';
import { useCommonWords } from './words.js';

/** Codes for which there was no server to write the sentence. */
const ownSentences = {
  'web.offline': 'error.offline',
  'web.unavailable': 'error.unavailable',
  'web.broken': 'error.broken',
  'web.unexpected': 'error.unexpected',
} as const;

/** What to tell the reader of any failure. */
export function useErrorText() {
  const t = useCommonWords();
  return useCallback(
    (error: unknown): string => {
      const known = toApiError(error);
      const own =
        known.code in ownSentences ? ownSentences[known.code as keyof typeof ownSentences] : undefined;
      return own === undefined ? known.message || t('error.broken') : t(own);
    },
    [t],
  );
}
