import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  creditCheckSign,
  normaliseCode,
  organisationCheckSign,
  organisationOf,
  readCreditCode,
} from './credit-code.js';

const signs = Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY');

describe('统一社会信用代码', () => {
  it('accepts codes that well-known companies publish', () => {
    for (const code of [
      '91440300708461136T',
      '914403001922038216',
      '91330100799655058B',
      '91110000802100433B',
    ]) {
      expect(readCreditCode(code)).toEqual({ ok: true, code });
    }
  });

  it('knows small letters, full width and blanks', () => {
    expect(readCreditCode(' 9144 0300 7084 61136t ')).toEqual({ ok: true, code: '91440300708461136T' });
    expect(readCreditCode('９１４４０３００７０８４６１１３６Ｔ')).toEqual({
      ok: true,
      code: '91440300708461136T',
    });
  });

  it('says what is wrong', () => {
    expect(readCreditCode('9144030070846113')).toEqual({ ok: false, fault: 'length' });
    expect(readCreditCode('9144O300708461136T')).toEqual({ ok: false, fault: 'sign', sign: 'O' });
    expect(readCreditCode('91440300708461137T')).toEqual({ ok: false, fault: 'check' });
    expect(readCreditCode('')).toEqual({ ok: false, fault: 'length' });
  });

  it('notices every single slip and every exchange of neighbours', () => {
    const places = fc.array(fc.constantFrom(...signs), { minLength: 17, maxLength: 17 });
    fc.assert(
      fc.property(places, fc.nat(17), fc.constantFrom(...signs), (seventeen, at, other) => {
        const code = seventeen.join('') + (creditCheckSign(seventeen.join('')) ?? '');
        expect(readCreditCode(code).ok).toBe(true);
        const slip = code.slice(0, at) + other + code.slice(at + 1);
        expect(readCreditCode(slip).ok).toBe(slip === code);
        const turned = code.slice(0, at) + (code[at + 1] ?? '') + (code[at] ?? '') + code.slice(at + 2);
        expect(readCreditCode(turned).ok).toBe(turned === code);
        const wide = code.replace(/[!-~]/g, (one) =>
          String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0),
        );
        expect(normaliseCode(wide.toLowerCase())).toBe(code);
      }),
    );
  });

  it('reads the organisation code of older papers, and finds it in the new one', () => {
    // GB 11714 gives this one as its example of a check.
    expect(organisationCheckSign('D2143569')).toBe('X');
    expect(readCreditCode('d2143569-x')).toEqual({ ok: true, code: 'D2143569X' });
    expect(readCreditCode('D21435690')).toEqual({ ok: false, fault: 'check' });
    expect(readCreditCode('70846113-6')).toEqual({ ok: true, code: '708461136' });
    expect(organisationOf('91440300708461136T')).toBe('708461136');
    expect(organisationOf('708461136')).toBe('708461136');
  });
});
