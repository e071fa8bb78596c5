import i18next, { changeLanguage as changeI18nextLanguage, use } from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { getPreferences } from './preferences.js';
import type { Language } from './preferences.js';

type WordFiles = Record<Language, () => Promise<{ default: Record<string, string> }>>;
export type WordParams = Readonly<Record<string, string | number>>;

const bundles = new Map<string, WordFiles>();
const loaded = new Set<string>();

/** Starts i18next with flat keys; the words come file by file through `loadWords`. */
export async function startWords(): Promise<void> {
  await use(initReactI18next).init({
    lng: getPreferences().language,
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    resources: {},
    interpolation: { escapeValue: false }, // React escapes
    react: { useSuspense: false, bindI18nStore: 'added' },
  });
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

/** A hook with typed keys for one locale folder: `export const useWords = wordsOf<typeof zhCn>()`. */
export function wordsOf<Words extends Record<string, string>>() {
  return function useWords() {
    const { t } = useTranslation();
    return useCallback((key: keyof Words & string, params?: WordParams): string => t(key, params ?? {}), [t]);
  };
}

/** The word for a key known only at run time: a menu entry, a page's title. */
export function useAnyWord() {
  const { t } = useTranslation();
  return useCallback((key: string, params?: WordParams): string => t(key, params ?? {}), [t]);
}
