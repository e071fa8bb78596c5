/** Blank, control and invisible characters, which a spreadsheet may skip before it looks for a formula. */
const SKIPPED = String.raw`[\s\p{Cc}\p{Cf}\p{Z}]*`;
const DANGEROUS = new RegExp(`^(?:${SKIPPED}[=+\\-@＝＋－﹣＠﹢﹦﹫−]|[\\t\\r\\n])`, 'u');
const NUMBER = /^[+-]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)%?$/;
const GUARDED = new RegExp(`^'+`, 'u');

/**
 * A cell that no spreadsheet takes for a formula: an apostrophe is put before text whose first visible character is one of
 * = + - @ (half or full width), also behind blanks and control characters, and before text that starts with a tab or line end.
 * Plain numbers such as -5 stay as they are. `revertInertCell` undoes it exactly.
 */
export function inertCell(text: string): string {
  if (text === '' || NUMBER.test(text)) return text;
  return needsGuard(text) ? `'${text}` : text;
}

/** What stood in a cell before `inertCell`. */
export function revertInertCell(text: string): string {
  return text.startsWith("'") && needsGuard(text) ? text.slice(1) : text;
}

/** Text that already has the apostrophe before such text gets one more, so that going back is exact. */
function needsGuard(text: string): boolean {
  const bare = text.replace(GUARDED, '');
  return DANGEROUS.test(bare) && !NUMBER.test(text);
}
