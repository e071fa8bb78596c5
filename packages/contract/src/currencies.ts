/** Active codes of ISO 4217 by the digits that an amount has behind its point. */
const byDigits: readonly (readonly [digits: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'],
  [
    2,
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG',
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
];

const digitsOf = new Map(
  byDigits.flatMap(([digits, codes]) => codes.split(' ').map((code): [string, number] => [code, digits])),
);

export const currencies: readonly string[] = [...digitsOf.keys()].toSorted();

export const isCurrency = (code: string): boolean => digitsOf.has(code);

/**
 * Digits behind the point after ISO 4217: 2 for CNY, 0 for JPY; 2 for a code that is none. Amounts are kept by these and have
 * to be shown by these: `Intl` has fewer for some (none for IDR, HUF and PKR), and would show a hundred times as much.
 */
export const minorDigits = (currency: string): number => digitsOf.get(currency) ?? 2;
