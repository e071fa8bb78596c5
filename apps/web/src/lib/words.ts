import i18next, { changeLanguage as changeI18nextLanguage, init, t as say } from 'i18next';
import { useSyncExternalStore } from 'react';
import { getPreferences } from './preferences.js';
import type { Language } from './preferences.js';

/** What fetches the words of a locale folder, by language. */
export type WordFiles = Record<Language, () => Promise<{ default: Record<string, string> }>>;
export type WordParams = Readonly<Record<string, string | number>>;

const bundles = new Map<string, WordFiles>();
const loaded = new Set<string>();

/** Starts i18next with flat keys and without words; they come file by file through `loadWords`. */
export async function startWords(): Promise<void> {
  bundles.clear();
  loaded.clear();
  await init({
    lng: getPreferences().language,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    resources: {},
    interpolation: { escapeValue: false }, // React escapes
  });
  i18next.on('languageChanged', tellReaders);
  i18next.store.on('added', tellReaders);
}

/** Makes a locale folder known and loads its file of the current language; again at each change of language. */
export async function loadWords(id: string, files: WordFiles): Promise<void> {
  bundles.set(id, files);
  await loadOne(id, files, getPreferences().language);
}

async function loadOne(id: string, files: WordFiles, language: Language) {
  const mark = `${id} ${language}`;
  if (loaded.has(mark)) return;
  const { default: words } = await files[language]();
  i18next.addResourceBundle(language, 'translation', words, true, true);
  loaded.add(mark);
}

/** Every locale file in use is there before the language changes, so that no key is ever shown bare. */
export async function changeLanguage(language: Language): Promise<void> {
  await Promise.all([...bundles].map(([id, files]) => loadOne(id, files, language)));
  await changeI18nextLanguage(language);
}

type Translate = (key: string, params?: WordParams) => string;

/**
 * A count that was formatted is a text, and i18next looks at numbers alone: one is given as a number, so that a text under
 * `<key>_one` is said in its place where a language has one.
 */
const translate = (): Translate => (key, params) =>
  say(key, params?.['count'] === '1' ? { ...params, count: 1 } : (params ?? {}));
let current = translate();
const listeners = new Set<() => void>();

/** Another language or more words: every reader of words is drawn anew. */
function tellReaders() {
  current = translate();
  for (const listener of listeners) listener();
}

function onWords(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const currentWords = () => current;

/** Cells of a grid come and go by the hundred: a subscription each to i18next cost a tenth of a scrolled frame. */
const useCurrentWords = () => useSyncExternalStore(onWords, currentWords);

/** A hook with typed keys for one locale folder: `export const useWords = wordsOf<typeof zhCn>()`. */
export function wordsOf<Words extends Record<string, string>>() {
  return function useWords(): (key: keyof Words & string, params?: WordParams) => string {
    return useCurrentWords();
  };
}

/** The word for a key known only at run time: a menu entry, a page's title. */
export function useAnyWord(): Translate {
  return useCurrentWords();
}

/** The words of a locale folder in English: every key of the Chinese file, and what is said of exactly one (`<key>_one`). */
export type EnglishOf<Words extends Record<string, string>> = Record<keyof Words, string> &
  Partial<Record<`${keyof Words & string}_one`, string>>;
