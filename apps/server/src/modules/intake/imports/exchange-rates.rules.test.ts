import { describe, expect, it } from 'vitest';
import { ExchangeRates } from './exchange-rates.rules.js';

const rates = new ExchangeRates('CNY', [
  { currency: 'USD', validFrom: '2025-01-01', rate: '7.2000000000' },
  { currency: 'USD', validFrom: '2024-01-01', rate: '7.1000000000' },
  { currency: 'JPY', validFrom: '2024-01-01', rate: '0.0485000000' },
  { currency: 'KWD', validFrom: '2024-01-01', rate: '23.5000000000' },
]);

describe('amounts in the base currency', () => {
  it('leaves the base currency alone', () => expect(rates.toBase(-1205, 'CNY', '1999-01-01')).toBe(-1205));
  it('takes the rate of the day', () => {
    expect(rates.toBase(10_000, 'USD', '2024-12-31')).toBe(71_000);
    expect(rates.toBase(10_000, 'USD', '2025-01-01')).toBe(72_000);
  });
  it('knows currencies without and with three minor digits', () => {
    // 1,000 yen are 48.50 yuan; 1.234 dinar are 28.999 yuan.
    expect(rates.toBase(1000, 'JPY', '2024-06-01')).toBe(4850);
    expect(rates.toBase(1234, 'KWD', '2024-06-01')).toBe(2900);
  });
  it('rounds half away from zero', () => {
    // 10 yen are 48.5 fen.
    expect(rates.toBase(10, 'JPY', '2024-06-01')).toBe(49);
    expect(rates.toBase(-10, 'JPY', '2024-06-01')).toBe(-49);
  });
  it('says when no rate is known', () => {
    expect(rates.toBase(1, 'USD', '2023-12-31')).toBeNull();
    expect(rates.toBase(1, 'EUR', '2024-06-01')).toBeNull();
  });
});
