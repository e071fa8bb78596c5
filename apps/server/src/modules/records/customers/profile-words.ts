import { customerSizes, plainWord, salesStages } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';

/** Words for coded values in files: what an export writes, and an import reads. */
const words = {
  size: {
    'zh-CN': { micro: '微型', small: '小型', medium: '中型', large: '大型' },
    'en-US': { micro: 'Micro', small: 'Small', medium: 'Medium', large: 'Large' },
  },
  salesStage: {
    'zh-CN': {
      prospect: '潜在',
      qualified: '意向',
      trial: '试用',
      active: '合作中',
      dormant: '停滞',
      lost: '已流失',
    },
    'en-US': {
      prospect: 'Prospect',
      qualified: 'Qualified',
      trial: 'Trial',
      active: 'Active',
      dormant: 'Dormant',
      lost: 'Lost',
    },
  },
} as const;

const codes = { size: customerSizes, salesStage: salesStages } as const;
type Coded = keyof typeof words;

export function wordOfProfile(field: Coded, code: string, language: Language): string {
  return (words[field][language] as Readonly<Record<string, string>>)[code] ?? code;
}

/** What a cell may say, by code. */
export const choicesOfProfile = (field: Coded): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(codes[field].map((code) => [code, [wordOfProfile(field, code, 'zh-CN')]]));

/** The code of a word in either language, or of the code itself; null for another word. */
export function codeOfProfile<Field extends Coded>(
  field: Field,
  text: string,
): (typeof codes)[Field][number] | null {
  const known: readonly string[] = codes[field];
  const said = known.find((code) =>
    [code, wordOfProfile(field, code, 'zh-CN'), wordOfProfile(field, code, 'en-US')]
      .map(plainWord)
      .includes(plainWord(text)),
  );
  return (said ?? null) as (typeof codes)[Field][number] | null;
}
