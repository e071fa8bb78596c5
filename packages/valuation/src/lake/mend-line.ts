import type { ErrorCode } from '@kezi/contract/errors';
import {
  lineAmountMinor,
  parseCurrency,
  parseDate,
  parseDecimal,
  parseMoney,
  PLAIN_NUMBER,
  type Parsed,
} from '@kezi/tabular';
import { dayNumberOf } from '../features/day-number.js';
import { LARGEST_MINOR } from './order-line-sql.js';
import type { ChosenColumns, OrderRole } from './plan-columns.js';
import type { ValuePlan } from './plan-values.js';

/** Texts of a row by role, as they stand in the file. */
export type LineTexts = Partial<Record<OrderRole, string>>;

type MendedLine =
  | { ok: true; customer: string; day: number; amountMinor: number }
  | { ok: false; role: OrderRole; code: ErrorCode };

function readDate(text: string, plan: ValuePlan): Parsed<string> {
  let outcome: Parsed<string> | null = null;
  for (const format of plan.dateFormats) {
    const parsed = parseDate(text, format, plan.timeZone);
    if (parsed.ok) return parsed;
    outcome ??= parsed;
  }
  return outcome!;
}

type Amount = { ok: true; minor: bigint } | { ok: false; role: OrderRole; code: ErrorCode };

/** What the line costs to serve: nothing where the cell is empty. */
function readCost(texts: LineTexts, columns: ChosenColumns, plan: ValuePlan): Amount {
  const text = texts.cost ?? '';
  if (columns.cost === undefined || text.trim() === '') return { ok: true, minor: 0n };
  const parsed = parseMoney(text, plan.styles.cost ?? PLAIN_NUMBER, { rounding: 'half-up' });
  return parsed.ok ? { ok: true, minor: parsed.value } : { ok: false, role: 'cost', code: parsed.code };
}

/** Hundredths, whatever the currency: a valuation compares amounts, it does not book them. */
function readAmount(texts: LineTexts, columns: ChosenColumns, plan: ValuePlan): Amount {
  for (const role of ['margin', 'amount'] as const) {
    if (columns[role] === undefined) continue;
    const parsed = parseMoney(texts[role] ?? '', plan.styles[role] ?? PLAIN_NUMBER, { rounding: 'half-up' });
    return parsed.ok ? { ok: true, minor: parsed.value } : { ok: false, role, code: parsed.code };
  }
  const quantity = parseDecimal(texts.quantity ?? '', plan.styles.quantity ?? PLAIN_NUMBER);
  if (!quantity.ok) return { ok: false, role: 'quantity', code: quantity.code };
  const unitPrice = parseDecimal(texts.unitPrice ?? '', plan.styles.unitPrice ?? PLAIN_NUMBER);
  if (!unitPrice.ok) return { ok: false, role: 'unitPrice', code: unitPrice.code };
  return { ok: true, minor: lineAmountMinor(quantity.value, unitPrice.value, 'CNY') };
}

/** Reads a row that the engine's casts could not read, value by value; the first bad one is the reason for a reject. */
export function mendLine(texts: LineTexts, columns: ChosenColumns, plan: ValuePlan): MendedLine {
  const customer = (texts.customer ?? '').trim();
  if (customer === '') return { ok: false, role: 'customer', code: 'valuation.customer_missing' };
  const date = readDate(texts.date ?? '', plan);
  if (!date.ok) return { ok: false, role: 'date', code: date.code };
  const amount = readAmount(texts, columns, plan);
  if (!amount.ok) return amount;
  const role: OrderRole = columns.margin ? 'margin' : columns.amount ? 'amount' : 'quantity';
  const isTooLarge = (minor: bigint): boolean => Math.abs(Number(minor)) > LARGEST_MINOR;
  if (isTooLarge(amount.minor)) return { ok: false, role, code: 'valuation.amount_too_large' };
  const cost = readCost(texts, columns, plan);
  if (!cost.ok) return cost;
  if (isTooLarge(cost.minor)) return { ok: false, role: 'cost', code: 'valuation.amount_too_large' };
  const amountMinor = Number(amount.minor - cost.minor);
  if (plan.currency !== null) {
    const currency = parseCurrency(texts.currency ?? '');
    if (!currency.ok) return { ok: false, role: 'currency', code: currency.code };
    if (currency.value !== plan.currency)
      return { ok: false, role: 'currency', code: 'valuation.other_currency' };
  }
  return { ok: true, customer, day: dayNumberOf(date.value), amountMinor };
}
