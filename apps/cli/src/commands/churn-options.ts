import { CodedError } from '@kezi/contract/errors';
import type { Holdout, ValuationRequest } from '@kezi/valuation';
import { readValueOptions } from './value-options.js';

/** Flags of `kezi churn` as they were typed. */
export interface ChurnFlags {
  label?: string;
  churned?: string;
  features: string;
  id?: string;
  model: string;
  holdoutEvery?: string;
  holdout?: string;
  seed: string;
  silence?: string;
  asOf?: string;
  customer?: string;
  date?: string;
  amount?: string;
  quantity?: string;
  unitPrice?: string;
  dateFormat?: string;
  timeZone: string;
  encoding?: string;
  sheet?: string;
  out?: string;
  rejects?: string;
  save?: string;
  apply?: string;
  format?: string;
}

export interface ChurnOptions {
  model: 'logistic' | 'gbdt' | 'auto';
  holdout: Holdout;
  seed: number;
  silenceDays: number | undefined;
  format: 'json' | 'table';
  /** Where the orders are and how they are read. */
  source: Extract<ValuationRequest['source'], { kind: 'files' }>;
  asOf: string | undefined;
}

function wholeNumber(option: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high)
    throw new CodedError('valuation.bad_option', { option, value: text, expected: `${low} … ${high}` });
  return value;
}

function holdoutOf({ holdout, holdoutEvery }: ChurnFlags): Holdout {
  if (holdout !== undefined && holdoutEvery !== undefined)
    throw new CodedError('churn.options_conflict', { first: '--holdout', second: '--holdout-every' });
  if (holdoutEvery !== undefined)
    return { every: wholeNumber('--holdout-every', holdoutEvery, 2, 1_000_000) };
  const share = Number(holdout ?? '0.2');
  if (!(share >= 0.05 && share <= 0.9))
    throw new CodedError('valuation.bad_option', {
      option: '--holdout',
      value: holdout ?? '',
      expected: '0.05 … 0.9',
    });
  return { share };
}

/** Checks the flags; CodedError valuation.bad_option or churn.options_conflict names the first bad one. */
export function readChurnOptions(files: readonly string[], flags: ChurnFlags): ChurnOptions {
  const { label, silence, apply, save, model } = flags;
  if (label !== undefined && silence !== undefined)
    throw new CodedError('churn.options_conflict', { first: '--label', second: '--silence' });
  if (apply !== undefined && save !== undefined)
    throw new CodedError('churn.options_conflict', { first: '--apply', second: '--save' });
  if (model !== 'logistic' && model !== 'gbdt' && model !== 'auto')
    throw new CodedError('valuation.bad_option', {
      option: '--model',
      value: model,
      expected: 'logistic, gbdt, auto',
    });
  const { format, request } = readValueOptions(files, {
    ...flags,
    timeUnit: 'day',
    model: 'auto',
    discountRate: '0',
  });
  if (request.source.kind !== 'files') throw new Error('orders are read from files');
  return {
    model,
    holdout: holdoutOf(flags),
    seed: wholeNumber('--seed', flags.seed, 0, 4_294_967_295),
    silenceDays: silence === undefined ? undefined : wholeNumber('--silence', silence, 1, 3650),
    format,
    source: request.source,
    asOf: request.settings?.asOf,
  };
}
