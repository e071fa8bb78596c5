import enUs from './locale/en-US.js';
import zhCn from './locale/zh-CN.js';

export type Language = 'zh-CN' | 'en-US';

/** Values that a message's {{placeholders}} are filled with. */
export type ErrorParams = Readonly<Record<string, string | number>>;

/** Every code that Kezi may answer with; the key of its message in both languages. */
export type ErrorCode = keyof typeof zhCn;

const messages: Record<Language, Record<ErrorCode, string>> = { 'zh-CN': zhCn, 'en-US': enUs };

/**
 * The one kind of error that is meant for a reader. The code is `<owner>.<reason>` and stable; the text is made from it
 * in the reader's language where it is shown (`messageOf`). Any other error is a defect and is reported as `app.internal`.
 */
export class CodedError extends Error {
  override readonly name = 'CodedError';

  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
    options?: ErrorOptions,
  ) {
    super(`${code} ${JSON.stringify(params)}`, options);
  }
}

/** The sentence for a code in the reader's language, placeholders filled. */
export function messageOf(code: ErrorCode, params: ErrorParams, language: Language): string {
  return messages[language][code].replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, key: string) =>
    String(params[key] ?? whole),
  );
}
