import { ConfigProvider } from 'antd';
import type { ConfigProviderProps } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { usePreferences, useThemeName } from '../lib/preferences.js';
import type { Language } from '../lib/preferences.js';
import { antdTheme } from '../ui/antd-theme.js';
import { cssVariables } from '../ui/tokens.js';

type Locale = NonNullable<ConfigProviderProps['locale']>;

const locales: Record<Language, () => Promise<Locale>> = {
  'zh-CN': async () => (await import('./antd-locale-zh.js')).default,
  'en-US': async () => (await import('./antd-locale-en.js')).default,
};

/** Writes the tokens as CSS variables, once, before the first paint. */
export function installTokens(): void {
  const style = document.createElement('style');
  style.textContent = `:root{${cssVariables('light')}}[data-theme=dark]{${cssVariables('dark')}}`;
  document.head.append(style);
}

/** antd and the page in the reader's theme and language. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const { language } = usePreferences();
  const name = useThemeName();
  const theme = useMemo(
    () => antdTheme(name, matchMedia('(prefers-reduced-motion: reduce)').matches),
    [name],
  );
  const [locale, setLocale] = useState<Locale>();
  useEffect(() => {
    document.documentElement.dataset['theme'] = name;
  }, [name]);
  useEffect(() => {
    let current = true;
    void locales[language]().then((loaded) => {
      if (current) setLocale(loaded);
    });
    return () => {
      current = false;
    };
  }, [language]);
  return (
    <ConfigProvider
      theme={theme}
      {...(locale === undefined ? {} : { locale })}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      {children}
    </ConfigProvider>
  );
}
