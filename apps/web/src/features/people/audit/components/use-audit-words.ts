import { useCallback } from 'react';
import { useAnyWord } from '../../../../lib/words.js';

/** What an action, a kind of record or a field is called; its own name where a newer server knows more than this page. */
export function useAuditWords(): (group: 'action' | 'subject' | 'field', name: string) => string {
  const t = useAnyWord();
  return useCallback(
    (group, name) => {
      const key = `audit.${group}.${name}`;
      const said = t(key);
      return said === key ? name : said;
    },
    [t],
  );
}
