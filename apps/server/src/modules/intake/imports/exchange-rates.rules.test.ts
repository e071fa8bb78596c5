import { describe, expect, it } from 'vitest';
import { ExchangeRates } from './exchange-rates.rules.js';

const rates = new ExchangeRates('CNY', [
  { currency: 'USD', validFrom: '2025-01-01', rate: '7.2000000000' },
  { currency: 'USD', validFrom: '2024-01-01', rate: '7.1000000000' },
  { currency: 'JPY', validFrom: '2024-01-01', rate: '0.0485000000' },
  { currency: 'KWD', validFrom: '2024-01-01', rate: '23.5000000000' },
]);

describe('amounts in the base currency', () => {
  it('leaves the base currency alone', () => expect(rates.toBase(-1205n, 'CNY', '1999-01-01')).toBe(-1205n));
  it('takes the rate of the day', () => {
    expect(rates.toBase(10_000n, 'USD', '2024-12-31')).toBe(71_000n);
    expect(rates.toBase(10_000n, 'USD', '2025-01-01')).toBe(72_000n);
  });
  it('knows currencies without and with three minor digits', () => {
    // 1,000 yen are 48.50 yuan; 1.234 dinar are 28.999 yuan.
    expect(rates.toBase(1000n, 'JPY', '2024-06-01')).toBe(4850n);
    expect(rates.toBase(1234n, 'KWD', '2024-06-01')).toBe(2900n);
  });
  it('rounds half away from zero', () => {
    // 10 yen are 48.5 fen.
    expect(rates.toBase(10n, 'JPY', '2024-06-01')).toBe(49n);
    expect(rates.toBase(-10n, 'JPY', '2024-06-01')).toBe(-49n);
  });
  it('says when no rate is known', () => {
    expect(rates.toBase(1n, 'USD', '2023-12-31')).toBeNull();
    expect(rates.toBase(1n, 'EUR', '2024-06-01')).toBeNull();
  });
});
