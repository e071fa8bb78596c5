import { useCallback, useRef } from 'react';

/**
 * A ref that takes the focus once, when its control appears: for an input that a click of the reader has brought up.
 * Some controls hand their ref out anew at each drawing; a second focus would hold the reader in.
 */
export function useFocus() {
  const taken = useRef(false);
  return useCallback((control: { focus: () => void } | null) => {
    if (control === null || taken.current) return;
    taken.current = true;
    control.focus();
  }, []);
}
