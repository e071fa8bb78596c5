import { describe, expect, it } from 'vitest';
import { creditCode, creditCodeCheck } from './credit-code.js';

/** The signs of GB 32100, written out apart from the source; a sign's place is its value. */
const creditSigns = '0,1,2,3,4,5,6,7,8,9,A,B,C,D,E,F,G,H,J,K,L,M,N,P,Q,R,T,U,W,X,Y'.split(',');

describe('creditCode', () => {
  it('agrees with the example of the standard, 91350100M000100Y43', () => {
    expect(creditCodeCheck('91350100M000100Y4')).toBe('3');
  });

  it('has right check signs, both of the whole and of the organisation code inside', () => {
    for (let serial = 0; serial < 3000; serial++) {
      const code = creditCode('320500', serial);
      expect(code).toMatch(/^91320500MA[0-9A-HJ-NPQRTUWXY]{8}$/);
      let whole = 0;
      for (let i = 0; i < 17; i++) whole += creditSigns.indexOf(code.charAt(i)) * (3 ** i % 31);
      whole += creditSigns.indexOf(code.charAt(17));
      expect(whole % 31).toBe(0);
      let organisation = 0;
      [3, 7, 9, 10, 5, 8, 4, 2].forEach((w, i) => (organisation += w * parseInt(code.charAt(8 + i), 36)));
      const last = code.charAt(16);
      expect((organisation + (last === 'X' ? 10 : Number(last))) % 11).toBe(0);
    }
  });

  it('never gives one code to two serials', () => {
    const codes = new Set<string>();
    for (let serial = 0; serial < 50_000; serial++) codes.add(creditCode('320500', serial));
    expect(codes.size).toBe(50_000);
  });
});
