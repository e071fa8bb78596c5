import { useSyncExternalStore } from 'react';

export type Language = 'zh-CN' | 'en-US';
export type ThemeChoice = 'system' | 'light' | 'dark';
/** Which colour a rise has: red in the mainland's habit, green elsewhere; `auto` is the organisation's. */
export type RiseColour = 'auto' | 'red' | 'green';

interface Preferences {
  language: Language;
  theme: ThemeChoice;
  rise: RiseColour;
  railFolded: boolean;
}

const key = 'kezi.preferences'; // public/before-paint.js reads the same key

const defaults: Omit<Preferences, 'language'> = { theme: 'system', rise: 'auto', railFolded: false };

/** The first of the browser's languages that Kezi speaks. Before sign-in nothing else says which one a reader wants. */
function languageOf(wanted: readonly string[]): Language {
  const first = wanted
    .map((one) => one.slice(0, 2).toLowerCase())
    .find((one) => one === 'zh' || one === 'en');
  return first === 'en' ? 'en-US' : 'zh-CN';
}

const oneOf = <T>(value: unknown, allowed: readonly T[], otherwise: T): T =>
  allowed.includes(value as T) ? (value as T) : otherwise;

/** Reads what was kept; anything unknown falls back to its default, the language to those of the browser. */
export function readPreferences(text: string | null, wanted: readonly string[]): Preferences {
  let kept: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    if (typeof parsed === 'object' && parsed !== null) kept = { ...parsed };
  } catch {
    kept = {}; // written by something else: begin anew
  }
  return {
    language: oneOf(kept['language'], ['zh-CN', 'en-US'], languageOf(wanted)),
    theme: oneOf(kept['theme'], ['system', 'light', 'dark'], defaults.theme),
    rise: oneOf(kept['rise'], ['auto', 'red', 'green'], defaults.rise),
    railFolded: kept['railFolded'] === true,
  };
}

/** Storage may be forbidden (private window); the choice then lives as long as the page. */
export function readStorage(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function writeStorage(name: string, value: string): boolean {
  try {
    localStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}

let current = readPreferences(readStorage(key), navigator.languages);
const listeners = new Set<() => void>();

export function getPreferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  writeStorage(key, JSON.stringify(current));
  for (const listener of listeners) listener();
}

function onPreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(onPreferences, getPreferences);
}

const darkQuery = () => window.matchMedia('(prefers-color-scheme: dark)');

function onDark(listener: () => void) {
  const query = darkQuery();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** The theme in force: the choice, or the system's. */
export function useThemeName(): 'light' | 'dark' {
  const { theme } = usePreferences();
  const systemDark = useSyncExternalStore(onDark, () => darkQuery().matches);
  if (theme === 'system') return systemDark ? 'dark' : 'light';
  return theme;
}
