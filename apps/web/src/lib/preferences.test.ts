import { describe, expect, it } from 'vitest';
import { readPreferences } from './preferences.js';

describe('readPreferences', () => {
  it('has a default for everything', () => {
    expect(readPreferences(null, ['zh-CN'])).toEqual({
      language: 'zh-CN',
      theme: 'system',
      rise: 'auto',
      railFolded: false,
    });
  });

  it('keeps what is known and drops what is not', () => {
    expect(readPreferences('{"language":"en-US","theme":"pink","railFolded":true}', ['zh-CN'])).toMatchObject(
      {
        language: 'en-US',
        theme: 'system',
        railFolded: true,
      },
    );
  });

  it.each(['', 'not json', '[]', 'null', '7'])('survives %j', (text) =>
    expect(readPreferences(text, ['zh-CN']).language).toBe('zh-CN'),
  );

  it.each([
    { wanted: ['en-US', 'en', 'zh-CN'], language: 'en-US' },
    { wanted: ['en-GB'], language: 'en-US' },
    { wanted: ['zh-TW', 'en'], language: 'zh-CN' },
    { wanted: ['fr-FR', 'en'], language: 'en-US' },
    { wanted: ['fr-FR'], language: 'zh-CN' },
    { wanted: [], language: 'zh-CN' },
  ])('speaks $language to a browser of $wanted that chose nothing', ({ wanted, language }) =>
    expect(readPreferences(null, wanted).language).toBe(language),
  );

  it('keeps the language chosen here, whatever the browser wants', () =>
    expect(readPreferences('{"language":"zh-CN"}', ['en-US']).language).toBe('zh-CN'));
});
