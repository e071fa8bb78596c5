import { wordsOf } from '../../../lib/words.js';
import type zhCn from './locale/zh-CN.js';

export const useWords = wordsOf<typeof zhCn>();
