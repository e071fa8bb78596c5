import { useAnyWord } from '../../../../lib/words.js';

const free = 'custom.';

/** A field of the customer by its name: a column has a word, a free field is called as it is. */
export function useFieldWords(): (field: string) => string {
  const word = useAnyWord();
  return (field) => (field.startsWith(free) ? field.slice(free.length) : word(`valuation.field.${field}`));
}
