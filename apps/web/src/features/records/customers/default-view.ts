import { readStorage, writeStorage } from '../../../lib/preferences.js';

const key = 'kezi.customers.view';

/** The view that this browser opens the register with; null where none was chosen. */
export function readDefaultView(): number | null {
  const id = Number(readStorage(key) ?? '');
  return Number.isInteger(id) && id > 0 ? id : null;
}

export function writeDefaultView(savedViewId: number | null): void {
  writeStorage(key, savedViewId === null ? '' : String(savedViewId));
}
