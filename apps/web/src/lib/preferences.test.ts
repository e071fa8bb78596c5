import { describe, expect, it } from 'vitest';
import { readPreferences } from './preferences.js';

describe('readPreferences', () => {
  it('has a default for everything', () => {
    expect(readPreferences(null)).toEqual({
      language: 'zh-CN',
      theme: 'system',
      rise: 'auto',
      railFolded: false,
    });
  });

  it('keeps what is known and drops what is not', () => {
    expect(readPreferences('{"language":"en-US","theme":"pink","railFolded":true}')).toMatchObject({
      language: 'en-US',
      theme: 'system',
      railFolded: true,
    });
  });

  it.each(['', 'not json', '[]', 'null', '7'])('survives %j', (text) =>
    expect(readPreferences(text).language).toBe('zh-CN'),
  );
});
