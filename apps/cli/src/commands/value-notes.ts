import { messageOf, type Language } from '@kezi/contract/errors';
import type { ChosenColumns, OrderRole, ValuationReport } from '@kezi/valuation';
import { note, say } from '../output.js';

function guessesOf(columns: ChosenColumns, language: Language): string {
  return (Object.entries(columns) as [OrderRole, { name: string; guessed: boolean }][])
    .filter(([, column]) => column.guessed)
    .map(([role, column]) => `${say(language, `value.role.${role}`)} = ${column.name}`)
    .join(', ');
}

/** How files of orders were read: guessed columns, rows that were not accepted. On stderr. */
export function printFileNotes(
  report: Pick<ValuationReport, 'rows' | 'rejects'> & { columns: { file: string; columns: ChosenColumns }[] },
  language: Language,
  rejectsKept: boolean,
): void {
  for (const { file, columns } of report.columns) {
    const guesses = guessesOf(columns, language);
    if (guesses !== '') note(say(language, 'value.guessed', { file, columns: guesses }));
  }
  const { rows } = report;
  const whole = new Intl.NumberFormat(language);
  if (rows.rejected > 0) {
    const counts = { rows: whole.format(rows.rejected), read: whole.format(rows.read) };
    note(say(language, 'value.rejected', counts));
    for (const { code, rows: count, file, line, text } of report.rejects) {
      const reason = messageOf(code, { text, column: '' }, language);
      note(`  ${say(language, 'value.rejectExample', { rows: whole.format(count), file, line, reason })}`);
    }
    if (!rejectsKept) note(say(language, 'value.rejectsHint'));
  }
}

/** What a reader should know beside the figures: guesses, rejects, returns, doubts. On stderr. */
export function printNotes(report: ValuationReport, language: Language, rejectsKept: boolean): void {
  printFileNotes(report, language, rejectsKept);
  const figure = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const { returns, returnsOnly } = report;
  if (returns.lines > 0) {
    const counts = { lines: figure.format(returns.lines), amount: figure.format(returns.amount) };
    note(say(language, 'value.returns', counts));
  }
  if (returnsOnly.customers > 0) {
    const counts = {
      customers: figure.format(returnsOnly.customers),
      amount: figure.format(returnsOnly.amount),
    };
    note(say(language, 'value.returnsOnly', { ...counts, examples: returnsOnly.examples.join(', ') }));
  }
  if (report.naiveReason === 'naive-wanted') note(say(language, 'value.naiveWanted'));
  else if (report.naiveReason !== null)
    note(say(language, 'value.naive', { reason: say(language, `value.reason.${report.naiveReason}`) }));
  else if (report.model.inUse === 'nbd')
    note(say(language, report.model.wanted === 'nbd' ? 'value.nbdWanted' : 'value.noDropout'));
  else if (report.model.inUse === 'bg-nbd') note(say(language, 'value.onceOnly'));
  printDoubts(report, language);
  if (report.spendModel.inUse === 'own-mean') {
    const reason = say(language, `value.reason.${report.spendModel.reason ?? 'not-converged'}`);
    note(say(language, 'value.ownMean', { reason }));
  }
}

type Warning = ValuationReport['model']['warnings'][number];
type EdgeWarning = Extract<Warning, `at-edge-${string}`>;

const isAtEdge = (code: Warning): code is EdgeWarning => code.startsWith('at-edge-');

type Reason = 'lower-log-score' | NonNullable<ValuationReport['naiveReason']>;

/** Why attributes do not give the figures; the report's text is one of the reasons that a run knows. */
const reasonOf = (reason: string | null, language: Language): string =>
  reason === null ? '' : say(language, `value.reason.${reason as Reason}`);

/** Doubts about the figures and warnings of the fits, with their numbers. */
function printDoubts(report: ValuationReport, language: Language): void {
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const { season, week, drift, truncation } = report.history;
  const tested = report.naiveInPlace ? report.backtest?.naive : report.backtest?.model;
  const off = percent.format(Math.abs(tested?.totalError ?? 0));
  const yearly = percent.format(drift.yearly ?? 0);
  const params: Record<string, Record<string, string | number>> = {
    'over-predicted': { share: off },
    'under-predicted': { share: off },
    'season-corrected': { factor: (season.correction ?? 1).toFixed(2) },
    'week-corrected': { factor: (week?.correction ?? 1).toFixed(2) },
    'drift-found': { share: yearly },
    'drift-corrected': { share: yearly, factor: (drift.correction ?? 1).toFixed(2) },
    'attributes-left-out': { reason: reasonOf(report.attributes?.reason ?? null, language) },
    'attribute-two-values': { ...report.twoValues[0] },
    'left-truncated': {
      until: truncation.untilOn ?? '',
      customers: new Intl.NumberFormat(language).format(truncation.excessCustomers),
    },
  };
  for (const code of report.doubts) note(say(language, `value.doubt.${code}`, params[code]));
  for (const code of [...report.model.warnings, ...report.spendModel.warnings]) {
    if (isAtEdge(code))
      note(say(language, 'value.warning.at-edge', { parameter: code.slice('at-edge-'.length) }));
    else note(say(language, `value.warning.${code}`));
  }
}
