import type { EntitlementKind } from '@kezi/contract';
import { useFormats } from '../../../lib/formats.js';
import { useWords } from './words.js';

/** What is promised, in the words of its kind; an amount is written as money. */
export function usePromised(): (kind: EntitlementKind, quantity: number) => string {
  const t = useWords();
  const f = useFormats();
  return (kind, quantity) =>
    t(`tiers.unitOf.${kind}`, {
      quantity:
        kind === 'credit-limit'
          ? f.valueShort(quantity)
          : f.decimal(quantity, Number.isInteger(quantity) ? 0 : 1),
    });
}
