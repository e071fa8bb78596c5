import { CodedError } from '@kezi/contract/errors';
import { dateFormatNames, type SniffOverrides } from '@kezi/tabular';
import {
  purchaseModelNames,
  type TimeUnit,
  type ValuationRequest,
  type ValuationSettings,
  type WantedColumns,
  type WantedModel,
} from '@kezi/valuation';

/** Flags of `kezi value` as they were typed. */
export interface ValueFlags {
  customer?: string;
  date?: string;
  amount?: string;
  quantity?: string;
  unitPrice?: string;
  margin?: string;
  cost?: string;
  orderId?: string;
  product?: string;
  currency?: string;
  dateFormat?: string;
  timeZone: string;
  encoding?: string;
  sheet?: string;
  asOf?: string;
  timeUnit: string;
  calibrationEnd?: string;
  horizon?: string;
  model: string;
  discountRate: string;
  forever?: boolean;
  costShare?: string;
  costPerOrder?: string;
  costPerYear?: string;
  creditLoss?: string;
  by?: string;
  covariates?: string;
  ridge?: string;
  spendModel?: string;
  out?: string;
  rejects?: string;
  format?: string;
}

interface ValueOptions {
  request: ValuationRequest;
  format: 'json' | 'table';
}

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5'] as const;

function refuse(option: string, value: string, expected: string): never {
  throw new CodedError('valuation.bad_option', { option, value, expected });
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  return allowed.find((each) => each === value) ?? refuse(option, value, allowed.join(', '));
}

function dateOption(option: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  // 31 February is read as a day in March: the day must come back as it was written.
  const real = !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === value;
  return real ? value : refuse(option, value, 'yyyy-mm-dd');
}

function numberOption(option: string, value: string, low: number, high: number): number {
  const number = Number(value);
  const valid = value.trim() !== '' && number >= low && number <= high;
  return valid ? number : refuse(option, value, `${low} … ${high}`);
}

function zoneOption(value: string): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return refuse('--time-zone', value, 'Asia/Shanghai, Europe/London, UTC …');
  }
}

function columnsOf(flags: ValueFlags): WantedColumns {
  const { customer, date, amount, quantity, unitPrice, margin, cost, orderId, product, currency } = flags;
  const wanted = { customer, date, amount, quantity, unitPrice, margin, cost, orderId, product, currency };
  return Object.fromEntries(Object.entries(wanted).filter(([, column]) => column !== undefined));
}

/** Columns with commas between them; CodedError valuation.bad_option for an empty one. */
function columnList(option: string, value: string | undefined): string[] | undefined {
  if (value === undefined) return undefined;
  const names = value.split(/[,，]/).map((name) => name.trim());
  return names.includes('') ? refuse(option, value, 'a, b, c') : names;
}

function overridesOf({ encoding, sheet }: ValueFlags): SniffOverrides {
  const overrides: SniffOverrides = {};
  if (encoding !== undefined) overrides.encoding = oneOf('--encoding', encoding, encodings);
  if (sheet !== undefined) overrides.sheet = sheet;
  return overrides;
}

function costsOf({
  costShare,
  costPerOrder,
  costPerYear,
  creditLoss,
}: ValueFlags): ValuationSettings['costs'] {
  const given = [costShare, costPerOrder, costPerYear, creditLoss];
  if (given.every((value) => value === undefined)) return undefined;
  const amount = (option: string, value: string | undefined, most: number): number =>
    value === undefined ? 0 : numberOption(option, value, 0, most);
  return {
    share: amount('--cost-share', costShare, 1),
    perOrder: amount('--cost-per-order', costPerOrder, 1e12),
    perYear: amount('--cost-per-year', costPerYear, 1e12),
    creditLoss: amount('--credit-loss', creditLoss, 1),
  };
}

/** Checks the flags; CodedError valuation.bad_option names the first bad one. */
export function readValueOptions(paths: readonly string[], flags: ValueFlags): ValueOptions {
  const units: readonly TimeUnit[] = ['day', 'week', 'month'];
  const models: readonly WantedModel[] = ['auto', ...purchaseModelNames, 'naive'];
  const spends: readonly NonNullable<ValuationSettings['spend']>[] = ['auto', 'gamma-gamma', 'regression'];
  const format = flags.format ?? (process.stdout.isTTY ? 'table' : 'json');
  return {
    format: oneOf('--format', format, ['json', 'table'] as const),
    request: {
      source: {
        kind: 'files',
        paths,
        columns: columnsOf(flags),
        dateFormat:
          flags.dateFormat === undefined
            ? undefined
            : oneOf('--date-format', flags.dateFormat, dateFormatNames),
        timeZone: zoneOption(flags.timeZone),
        overrides: overridesOf(flags),
      },
      settings: {
        asOf: dateOption('--as-of', flags.asOf),
        timeUnit: oneOf('--time-unit', flags.timeUnit, units),
        horizon:
          flags.horizon === undefined ? undefined : numberOption('--horizon', flags.horizon, 0.01, 36_500),
        model: oneOf('--model', flags.model, models),
        discountRate: numberOption('--discount-rate', flags.discountRate, 0, 10),
        isForever: flags.forever,
        costs: costsOf(flags),
        calibrationEnd: dateOption('--calibration-end', flags.calibrationEnd),
        by: flags.by,
        covariates: columnList('--covariates', flags.covariates),
        ridge: flags.ridge === undefined ? undefined : numberOption('--ridge', flags.ridge, 0, 1e9),
        spend: flags.spendModel === undefined ? undefined : oneOf('--spend-model', flags.spendModel, spends),
      },
      out: flags.out,
      rejects: flags.rejects,
    },
  };
}
