import { wordsOf } from '../../../lib/words.js';
import type zhCn from './locale/zh-CN.js';

export type Word = keyof typeof zhCn;
export const useWords = wordsOf<typeof zhCn>();
