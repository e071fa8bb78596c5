import { messageOf, type Language } from '@kezi/contract/errors';
import type { ChosenColumns, OrderRole, ValuationReport } from '@kezi/valuation';
import { note, say } from '../output.js';

function guessesOf(columns: ChosenColumns, language: Language): string {
  return (Object.entries(columns) as [OrderRole, { name: string; guessed: boolean }][])
    .filter(([, column]) => column.guessed)
    .map(([role, column]) => `${say(language, `value.role.${role}`)} = ${column.name}`)
    .join(', ');
}

/** What a reader should know beside the figures: guesses, rejects, returns, doubts. On stderr. */
export function printNotes(report: ValuationReport, language: Language, rejectsKept: boolean): void {
  for (const { file, columns } of report.columns) {
    const guesses = guessesOf(columns, language);
    if (guesses !== '') note(say(language, 'value.guessed', { file, columns: guesses }));
  }
  const { rows } = report;
  if (rows.rejected > 0) {
    note(say(language, 'value.rejected', { rows: rows.rejected, read: rows.read }));
    for (const { code, rows: count, file, line, text } of report.rejects) {
      const reason = messageOf(code, { text, column: '' }, language);
      note(`  ${say(language, 'value.rejectExample', { rows: count, file, line, reason })}`);
    }
    if (!rejectsKept) note(say(language, 'value.rejectsHint'));
  }
  if (report.returns.lines > 0) {
    note(say(language, 'value.returns', { lines: report.returns.lines, amount: report.returns.amount }));
  }
  if (report.naiveReason !== null)
    note(say(language, 'value.naive', { reason: say(language, `value.reason.${report.naiveReason}`) }));
  else if (report.model.inUse === 'nbd') note(say(language, 'value.noDropout'));
  else if (report.model.inUse === 'bg-nbd') note(say(language, 'value.onceOnly'));
  if (report.spendModel.inUse === 'own-mean') {
    const reason = say(language, `value.reason.${report.spendModel.reason ?? 'not-converged'}`);
    note(say(language, 'value.ownMean', { reason }));
  }
}
