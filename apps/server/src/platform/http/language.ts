import type { Language } from '@kezi/contract/errors';

/** The better of our two languages for an Accept-Language header; Chinese when it says nothing. */
export function languageOf(header: string | undefined, fallback: Language = 'zh-CN'): Language {
  if (!header) return fallback;
  const wishes = header
    .split(',')
    .map((part) => {
      const [tag = '', ...params] = part.trim().toLowerCase().split(';');
      const quality = params.find((param) => param.trim().startsWith('q='))?.split('=')[1];
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .sort((a, b) => b.quality - a.quality);
  for (const { tag, quality } of wishes) {
    if (!(quality > 0)) continue;
    if (tag.startsWith('zh')) return 'zh-CN';
    if (tag.startsWith('en')) return 'en-US';
  }
  return fallback;
}
