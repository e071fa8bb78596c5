import { useMemo } from 'react';
import type { Codes } from '../../../lib/codes.js';
import { usePreferences } from '../../../lib/preferences.js';

/** A code as one chooses it; found by its name and by its code. */
interface CodeOption {
  value: string;
  label: string;
}

interface CodeOptions {
  industries: CodeOption[];
  countries: CodeOption[];
  divisions: CodeOption[];
}

const none: CodeOptions = { industries: [], countries: [], divisions: [] };

function optionsOf(codes: Codes, language: 'zh-CN' | 'en-US'): CodeOptions {
  const name = (entry: { zh: string; en: string }) => (language === 'zh-CN' ? entry.zh : entry.en);
  const industries = codes.industrySections.flatMap((section) => [
    { value: section.code, label: `${section.code} ${name(section)}` },
    ...codes.industryDivisions
      .filter(({ code }) => codes.sectionOf(code) === section.code)
      .map((entry) => ({ value: entry.code, label: `${entry.code} ${name(entry)}` })),
  ]);
  const divisions = codes.provinces.flatMap((province) => [
    { value: province.code, label: name(province) },
    ...codes
      .citiesOf(province.code)
      .map((city) => ({ value: city.code, label: `${name(province)} · ${name(city)}` })),
  ]);
  const countries = codes.countryCodes
    .map((code) => ({ value: code, label: codes.countryName(code, language) }))
    .sort((one, other) => one.label.localeCompare(other.label, language));
  return { industries, countries, divisions };
}

/** Codes to choose from, in the reader's language; none while they are on their way. */
export function useCodeOptions(codes: Codes | undefined): CodeOptions {
  const { language } = usePreferences();
  return useMemo(() => (codes === undefined ? none : optionsOf(codes, language)), [codes, language]);
}
