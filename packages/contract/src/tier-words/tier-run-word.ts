import type { Language } from '../errors.js';
import type { TierRun } from '../tiers.js';
import enUs from './locale/en-US.js';
import zhCn from './locale/zh-CN.js';

type Status = TierRun['status'];

const words: Record<Language, Record<Status, string>> = { 'zh-CN': zhCn, 'en-US': enUs };

/** How far a grading is. The pages and the command line say it alike. */
export const tierRunWord = (status: Status, language: Language): string => words[language][status];
