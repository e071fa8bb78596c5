import type { Language } from '@kezi/contract/errors';
import type { ValuationReport } from '@kezi/valuation';
import { printColumns, printTable, say } from '../output.js';
import { printAttributes } from './value-attributes.js';

/** What the value is made of. */
function basisOf({ valueBasis, columns }: ValuationReport, language: Language): string {
  const basis = say(language, `value.table.${valueBasis}`);
  const cost = columns.find(({ columns: of }) => of.cost !== undefined)?.columns.cost;
  return cost === undefined ? basis : say(language, 'value.table.lessCost', { basis, column: cost.name });
}

/** Figures as people read them: no more digits than they mean. */
export function printReport(report: ValuationReport, language: Language, out: string | undefined): void {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    signDisplay: 'always',
    maximumFractionDigits: 1,
  });
  const share = (value: number | null): string => (value === null ? '–' : percent.format(value));
  const { rows, totals, backtest } = report;
  const unit = say(language, `value.unit.${report.timeUnit}`);
  const model = report.naiveInPlace ? say(language, 'value.table.naive') : report.model.inUse;
  const table: [string, string][] = [
    [say(language, 'value.table.asOf'), report.asOf],
    [
      say(language, 'value.table.rows'),
      [rows.read, rows.accepted, rows.rejected].map((count) => whole.format(count)).join(' / '),
    ],
    [say(language, 'value.table.customers'), whole.format(report.customers)],
    [say(language, 'value.table.orders'), whole.format(report.orders)],
    [say(language, 'value.table.basis'), basisOf(report, language)],
    [say(language, 'value.table.model'), model],
    [
      say(language, 'value.table.expectedOrders', { horizon: report.horizon, unit }),
      whole.format(totals.expectedOrders),
    ],
    [
      say(language, report.isForever ? 'value.table.clvForever' : 'value.table.clv'),
      `${whole.format(totals.clv)}  (${whole.format(totals.clvLow)} – ${whole.format(totals.clvHigh)})`,
    ],
  ];
  if (totals.deducted !== null) {
    const { grossClv, costToServe, creditLoss } = totals.deducted;
    table.push([
      say(language, 'value.table.deducted'),
      [grossClv, costToServe, creditLoss].map((amount) => whole.format(amount)).join(' − '),
    ]);
  }
  if (backtest !== undefined) {
    const value = say(language, 'value.table.backtestValue', {
      actual: whole.format(backtest.actualOrders),
      model: whole.format(backtest.model.total),
      modelError: share(backtest.model.totalError),
      naive: whole.format(backtest.naive.total),
      naiveError: share(backtest.naive.totalError),
    });
    table.push([
      say(language, 'value.table.backtest', { from: backtest.calibrationEnd, to: backtest.holdoutEnd }),
      value,
    ]);
  }
  if (out !== undefined) table.push([say(language, 'value.table.out'), out]);
  printTable(table);
  if (report.candidates.length > 1) printCandidates(report, language, share);
  printAttributes(report, language);
}

type Candidate = ValuationReport['candidates'][number];

/** Everything that was compared, with its figures on the hold-out and why it is or is not in use. */
function printCandidates(
  report: ValuationReport,
  language: Language,
  share: (value: number | null) => string,
): void {
  const fixed = (value: number | null | undefined, digits: number): string =>
    value === null || value === undefined ? '–' : value.toFixed(digits);
  // Where nothing was held out, nobody has figures to show.
  const tested = report.candidates.some(({ holdout }) => holdout !== null);
  const figures = tested ? (['logScore', 'totalError', 'errorEach', 'ranking'] as const) : [];
  const figuresOf = ({ holdout }: Candidate): string[] => [
    fixed(holdout?.logScore, 4),
    holdout === null ? '–' : share(holdout.totalError),
    fixed(holdout?.meanAbsoluteError, 3),
    fixed(holdout?.rankCorrelation, 3),
  ];
  process.stdout.write('\n');
  printColumns(
    [
      (['candidate', ...figures, 'verdict'] as const).map((key) => say(language, `value.table.${key}`)),
      ...report.candidates.map((candidate) => [
        nameOf(candidate, language),
        ...(tested ? figuresOf(candidate) : []),
        verdictOf(candidate, language),
      ]),
    ],
    new Set(figures.map((_, at) => at + 1)),
  );
}

function nameOf({ name }: Candidate, language: Language): string {
  return name === 'same-rate' || name === 'last-period' ? say(language, `value.model.${name}`) : name;
}

function verdictOf({ inUse, reason }: Candidate, language: Language): string {
  if (inUse) return say(language, 'value.table.inUse');
  return reason === null ? '' : say(language, `value.reason.${reason}`);
}
