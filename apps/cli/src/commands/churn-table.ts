import type { Language } from '@kezi/contract/errors';
import type { AppliedReport, LabelledReport, SilenceFeatureName, SilenceReport } from '@kezi/valuation';
import { note, printColumns, printTable, say } from '../output.js';

/** Features shown on a terminal; all of them are in the JSON. */
const MOST_FEATURES = 8;

type Learning = LabelledReport | (SilenceReport & { expectedRate: number | null });

interface Numbers {
  whole: (value: number) => string;
  share: (value: number | null) => string;
  digits: (value: number | null) => string;
}

function numbersFor(language: Language): Numbers {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const digits = new Intl.NumberFormat(language, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  return {
    whole: (value) => whole.format(value),
    share: (value) => (value === null ? '–' : share.format(value)),
    digits: (value) => (value === null ? '–' : digits.format(value)),
  };
}

function headOf(report: Learning, language: Language, { whole, share }: Numbers): [string, string][] {
  const say_ = (key: Parameters<typeof say>[1], params?: Record<string, string | number>): string =>
    say(language, key, params);
  const model = report.model.trusted
    ? say_(`churn.model.${report.model.inUse}`)
    : say_('churn.notTrusted', { reason: say_(`churn.reason.${report.model.reason ?? 'too-few-events'}`) });
  const tested = say_('churn.testedValue', {
    rows: whole(report.heldOut.rows),
    churned: whole(report.heldOut.churned),
    rate: share(report.heldOut.rate),
  });
  if (report.kind === 'label') {
    return [
      [say_('churn.rows'), `${whole(report.rows.labelled)} / ${whole(report.rows.read)}`],
      [say_('churn.churned'), `${report.label.column} = ${report.label.churned}`],
      [say_('churn.tested'), tested],
      [say_('churn.modelInUse'), model],
    ];
  }
  const { silence, cuts } = report;
  return [
    [
      say_('churn.silence'),
      say_(`churn.silence.${silence.from}`, { days: silence.days, rhythm: silence.rhythmDays ?? 0 }),
    ],
    [say_('churn.cuts'), [cuts.training, cuts.calibration, cuts.test, cuts.asOf].join(' / ')],
    [say_('churn.tested'), tested],
    [say_('churn.modelInUse'), model],
    [
      say_('churn.expected'),
      say_('churn.expectedValue', {
        customers: whole(report.customers.asOf),
        rate: share(report.expectedRate),
      }),
    ],
  ];
}

function printRules(report: Learning, language: Language, { digits }: Numbers): void {
  const header = [
    'churn.rule',
    'churn.auc',
    'churn.interval',
    'churn.pr',
    'churn.brier',
    'churn.lift',
  ] as const;
  printColumns(
    [
      header.map((key) => say(language, key)),
      ...report.candidates.map((rule) => [
        rule.name,
        digits(rule.auc),
        `${digits(rule.aucLow)} – ${digits(rule.aucHigh)}`,
        digits(rule.averagePrecision),
        digits(rule.brier),
        digits(rule.topTenthLift),
      ]),
    ],
    new Set([1, 2, 3, 4, 5]),
  );
}

function printFeatures(report: Learning, language: Language, { share }: Numbers): void {
  if (report.features.length === 0) return;
  const header = ['churn.feature', 'churn.weight', 'churn.most', 'churn.least'] as const;
  const nameOf = (name: string): string =>
    report.kind === 'silence' ? say(language, `churn.feature.${name as SilenceFeatureName}`) : name;
  const group = ({ values, rate }: { values: string; rate: number }): string =>
    `${values === '' ? say(language, 'churn.empty') : values}  ${share(rate)}`;
  printColumns(
    [
      header.map((key) => say(language, key)),
      ...report.features
        .slice(0, MOST_FEATURES)
        .map((feature) => [
          nameOf(feature.name),
          share(feature.share),
          group(feature.most),
          group(feature.least),
        ]),
    ],
    new Set([1]),
  );
}

function printCalibration(report: Learning, language: Language, { share, whole }: Numbers): void {
  const header = ['churn.predicted', 'churn.observed', 'churn.customers'] as const;
  printColumns(
    [
      header.map((key) => say(language, key)),
      ...report.calibration.map((tenth) => [
        share(tenth.meanPredicted),
        share(tenth.rate),
        whole(tenth.rows),
      ]),
    ],
    new Set([0, 1, 2]),
  );
}

function printDoubts(report: Learning, language: Language): void {
  if (!report.model.trusted) note(say(language, 'churn.rateInPlace'));
  if (report.kind !== 'label') return;
  for (const { name, reason } of report.leftOut) note(say(language, `churn.leftOut.${reason}`, { name }));
  for (const { name, auc } of report.suspicious)
    note(say(language, 'churn.suspicious', { name, auc: auc.toFixed(3) }));
}

/** A training for a person: what is in use, how it did on rows it had not seen, against what, and why. */
export function printLearning(report: Learning, language: Language, out: string | undefined): void {
  const numbers = numbersFor(language);
  const rows = headOf(report, language, numbers);
  if (out !== undefined) rows.push([say(language, 'churn.out'), out]);
  printTable(rows);
  process.stdout.write('\n');
  printRules(report, language, numbers);
  process.stdout.write('\n');
  printCalibration(report, language, numbers);
  process.stdout.write('\n');
  printFeatures(report, language, numbers);
  printDoubts(report, language);
}

interface Applied {
  customers: number;
  expectedRate: number | null;
  unknown?: readonly { name: string; rows: number }[];
}

/** Customers scored by a model that was kept. */
export function printApplied(
  report: Applied | (AppliedReport & Applied),
  language: Language,
  out: string | undefined,
): void {
  const { whole, share } = numbersFor(language);
  const rows: [string, string][] = [
    [say(language, 'churn.customers'), whole(report.customers)],
    [say(language, 'churn.rate'), share(report.expectedRate)],
  ];
  if (out !== undefined) rows.push([say(language, 'churn.out'), out]);
  printTable(rows);
  for (const { name, rows: count } of report.unknown ?? [])
    note(say(language, 'churn.unknownWords', { name, rows: count }));
}
