import { wordsOf } from '../lib/words.js';
import type zhCn from './locale/zh-CN.js';

/** The words of the building blocks; `common.*` is for every feature. */
export const useCommonWords = wordsOf<typeof zhCn>();
