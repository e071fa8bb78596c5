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

/** Fields that rules of the company are about: a program is told `region`, a person reads 地区. */
const ruledFields: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  name: { 'zh-CN': '客户名称', 'en-US': 'name' },
  shortName: { 'zh-CN': '简称', 'en-US': 'short name' },
  legalName: { 'zh-CN': '工商名称', 'en-US': 'legal name' },
  creditCode: { 'zh-CN': '统一社会信用代码', 'en-US': 'credit code' },
  registryNo: { 'zh-CN': '境外注册号', 'en-US': 'registry number' },
  region: { 'zh-CN': '地区', 'en-US': 'region' },
  industry: { 'zh-CN': '行业', 'en-US': 'industry' },
  ownerId: { 'zh-CN': '负责人', 'en-US': 'owner' },
  parentCustomerId: { 'zh-CN': '上级客户', 'en-US': 'parent customer' },
  phone: { 'zh-CN': '电话', 'en-US': 'phone' },
  address: { 'zh-CN': '地址', 'en-US': 'address' },
};

/** The sentence for a code in the reader's language, placeholders filled. */
export function messageOf(code: ErrorCode, params: ErrorParams, language: Language): string {
  return messages[language][code].replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, key: string) => {
    const value = String(params[key] ?? whole);
    const isRuled = key === 'field' && code.startsWith('customers.rule_');
    return isRuled ? (ruledFields[value]?.[language] ?? value) : value;
  });
}
