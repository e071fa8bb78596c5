import type { Language } from '../errors.js';
import type { Festival } from '../festival-cares.js';
import type { TaskRow } from '../tasks.js';
import enUs from './locale/en-US.js';
import zhCn from './locale/zh-CN.js';

type Word = keyof typeof zhCn;

/** `_one`: what is said of one day or one year, where a language says it in another way. */
const words: Record<Language, Record<Word, string> & Partial<Record<`${Word}_one`, string>>> = {
  'zh-CN': zhCn,
  'en-US': enUs,
};

export const festivalName = (festival: Festival, language: Language): string =>
  words[language][`festival.${festival}`];

/** What is done on a festival of which nobody has said what. */
export const festivalGreeting = (language: Language): string => words[language].greeting;

interface TaskTitleOptions {
  language: Language;
  /** A day as its reader is used to it; yyyy-mm-dd without. */
  day?: (written: string) => string;
}

/** What a task asks for: as somebody wrote it, or in our words where a rule made it. The pages and the command line say it alike. */
export function taskTitle(
  { kind, title, made }: Pick<TaskRow, 'kind' | 'title' | 'made'>,
  { language, day = (written) => written }: TaskTitleOptions,
): string {
  // A stage's task is in the words of whoever set the stage up.
  if (made === null || kind === 'warning' || kind === 'next-step' || kind === 'manual' || kind === 'stage') {
    return title;
  }
  const said = { ...made };
  if (kind === 'festival') {
    said['festival'] = festivalName(made['festival'] as Festival, language);
    said['day'] = day(String(made['festivalOn']));
    said['what'] ??= festivalGreeting(language);
  }
  const isOne = made['years'] === 1 || made['everyDays'] === 1;
  const sentence = (isOne ? words[language][`${kind}_one`] : undefined) ?? words[language][kind];
  return sentence.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => {
    const value = said[name] ?? null;
    if (value === null) return name === 'lastOn' ? words[language].never : '–';
    return name.endsWith('On') ? day(String(value)) : String(value);
  });
}
