import { useCallback } from 'react';

/** A ref that takes the focus once its control is there: for an input that a click of the reader has brought up. */
export function useFocus() {
  return useCallback((control: { focus: () => void } | null) => control?.focus(), []);
}
