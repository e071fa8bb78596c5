import { describe, expect, it } from 'vitest';
import { languageOf } from './language.js';

describe('the language of a reader', () => {
  it.each([
    [undefined, 'zh-CN'],
    ['', 'zh-CN'],
    ['en', 'en-US'],
    ['en-GB,en;q=0.9', 'en-US'],
    ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['fr-FR, fr;q=0.9, en;q=0.8, zh;q=0.7', 'en-US'],
    ['en;q=0, zh;q=0.1', 'zh-CN'],
    ['de', 'zh-CN'],
    [';;;,q=', 'zh-CN'],
  ] as const)('of %s is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
