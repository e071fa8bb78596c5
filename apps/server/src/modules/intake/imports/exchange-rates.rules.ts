import { minorDigits } from '@kezi/contract/currencies';

/** One unit of `currency` is worth `rate` units of the base currency from `validFrom` on. */
export interface ExchangeRate {
  currency: string;
  validFrom: string;
  /** Decimal text, as numeric(20, 10) comes out of the database. */
  rate: string;
}

/** Digits of numeric(20, 10) behind the point. */
const rateScale = 10;

interface DatedRate {
  validFrom: string;
  units: bigint;
}

/** Rates by currency, ready to turn amounts of a day into the base currency. */
export class ExchangeRates {
  private readonly byCurrency = new Map<string, DatedRate[]>();

  constructor(
    readonly baseCurrency: string,
    rates: readonly ExchangeRate[],
  ) {
    for (const { currency, validFrom, rate } of rates) {
      const dated = this.byCurrency.get(currency) ?? [];
      dated.push({ validFrom, units: unitsOf(rate) });
      this.byCurrency.set(currency, dated);
    }
    for (const dated of this.byCurrency.values()) {
      dated.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    }
  }

  /**
   * The amount in minor units of the base currency at the rate of that day (the last one that began on or before it),
   * rounded once, half away from zero. Null where no rate is known. Exact up to 2^53; `RowFields.sane` refuses more.
   */
  toBase(amountMinor: number, currency: string, on: string): number | null {
    if (currency === this.baseCurrency) return amountMinor;
    const rate = this.byCurrency.get(currency)?.findLast((dated) => dated.validFrom <= on);
    const from = minorDigits(currency);
    const to = minorDigits(this.baseCurrency);
    if (!rate) return null;
    const product = BigInt(amountMinor) * rate.units;
    const converted =
      to >= from
        ? divide(product * 10n ** BigInt(to - from), 10n ** BigInt(rateScale))
        : divide(product, 10n ** BigInt(rateScale + from - to));
    return Number(converted);
  }
}

function unitsOf(rate: string): bigint {
  const [whole = '0', fraction = ''] = rate.split('.');
  return BigInt(whole + fraction.slice(0, rateScale).padEnd(rateScale, '0'));
}

function divide(value: bigint, divisor: bigint): bigint {
  const size = value < 0n ? -value : value;
  const rounded = (size + divisor / 2n) / divisor;
  return value < 0n ? -rounded : rounded;
}
