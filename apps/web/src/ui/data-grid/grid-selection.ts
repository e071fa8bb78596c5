import { useState } from 'react';

export type RowKey = string | number;

/** Some rows by key, or all rows of the list but some: a selection over a million rows is never a list of them. */
export type GridSelection =
  | { mode: 'some'; keys: readonly RowKey[] }
  | { mode: 'all'; except: readonly RowKey[] };

export const noSelection: GridSelection = { mode: 'some', keys: [] };

export function isSelected(selection: GridSelection, key: RowKey): boolean {
  return selection.mode === 'some' ? selection.keys.includes(key) : !selection.except.includes(key);
}

export function toggleRow(selection: GridSelection, key: RowKey): GridSelection {
  const toggled = (keys: readonly RowKey[]) =>
    keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key];
  return selection.mode === 'some'
    ? { mode: 'some', keys: toggled(selection.keys) }
    : { mode: 'all', except: toggled(selection.except) };
}

/** Rows selected; undefined where all are and their number is not known. */
export function countSelected(selection: GridSelection, total: number | undefined): number | undefined {
  if (selection.mode === 'some') return selection.keys.length;
  return total === undefined ? undefined : total - selection.except.length;
}

export function useGridSelection() {
  return useState<GridSelection>(noSelection);
}
