import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenRule, fitsPattern } from './validation.rules.js';

const rule = (more: object) => ({
  field: 'region',
  kind: 'required' as const,
  pattern: null,
  whenField: null,
  whenValues: [],
  message: null,
  isActive: true,
  ...more,
});

describe('a pattern', () => {
  it.each([
    ['021-64456677', '0##-########', true],
    ['021-6445667', '0##-########', false],
    ['CN-上海-01', '@@-*-##', true],
    ['', '*', true],
    ['abc', '?', false],
    ['a*b', 'a?b', true],
  ])('%s fits %s: %s', (text, pattern, fits) => {
    expect(fitsPattern(text, pattern)).toBe(fits);
  });

  it('says what a regular expression says, and is quick with many stars', () => {
    const written = new Map([
      ['#', '\\p{Nd}'],
      ['@', '\\p{L}'],
      ['?', '.'],
      ['*', '.*'],
    ]);
    const signs = fc.constantFrom('a', 'b', '1', '文');
    const parts = fc.array(fc.constantFrom('a', '1', '#', '@', '?', '*'), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 10 }), parts, (text, pattern) => {
        const source = pattern.map((sign) => written.get(sign) ?? sign);
        const expected = new RegExp(`^${source.join('')}$`, 'su').test(text.join(''));
        expect(fitsPattern(text.join(''), pattern.join(''))).toBe(expected);
      }),
    );
    expect(fitsPattern('a'.repeat(4000), `${'*a'.repeat(49)}*b`)).toBe(false);
  });
});

describe('rules', () => {
  it('hold where they say, and for a change only where it touches them', () => {
    const rules = [
      rule({ whenField: 'industry', whenValues: ['制造'] }),
      rule({ field: 'custom.phone', kind: 'pattern', pattern: '1##########' }),
      rule({ field: 'shortName', isActive: false }),
    ];
    expect(brokenRule(rules, null, { industry: '零售' })).toBeNull();
    expect(brokenRule(rules, null, { industry: '制造', region: ' ' })).toBe(rules[0]);
    const before = { industry: '制造', region: null, custom: {} };
    expect(brokenRule(rules, before, { ...before, name: '新' })).toBeNull();
    expect(brokenRule(rules, before, { ...before, custom: { phone: '110' } })).toBe(rules[1]);
    expect(brokenRule(rules, { ...before, industry: '零售' }, before)).toBe(rules[0]);
  });
});
