import { useCallback } from 'react';
import { useWords } from '../words.js';

/** How somebody came in, in words: the record keeps `session 12` or `key 3`. */
export function useVia(): (via: string | null) => string {
  const t = useWords();
  return useCallback(
    (via) => {
      const found = /^(?<kind>session|key) (?<id>\d+)$/.exec(via ?? '')?.groups;
      const id = found?.['id'] ?? '';
      switch (found?.['kind']) {
        case 'session':
          return t('audit.via.session', { id });
        case 'key':
          return t('audit.via.key', { id });
        default:
          return via ?? '–';
      }
    },
    [t],
  );
}
