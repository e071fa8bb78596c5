import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerTokens, queryTokens } from './customer-tokens.js';

interface Named {
  name: string;
  shortName?: string;
  customerNo?: string;
}

/** The same question that the register asks of `customer_token`, in memory. */
function isFound(customer: Named, query: string): boolean {
  const tokens = customerTokens({ customerNo: 'X', ...customer });
  return queryTokens(query).every(({ token, match }) =>
    tokens.some((known) => (match === 'equals' ? known === token : known.startsWith(token))),
  );
}

const chenxing = { name: '上海星辰电子科技有限公司', shortName: '星辰电子', customerNo: 'C-000123' };

describe('customer tokens', () => {
  it.each([
    ['two characters', '星辰'],
    ['characters across words', '辰电子'],
    ['a legal form', '有限公司'],
    ['one character', '电'],
    ['the last character', '司'],
    ['pinyin from the start', 'shanghaixing'],
    ['pinyin from the middle, half typed', 'xingch'],
    ['pinyin in two words', 'xing chen'],
    ['initials', 'shxc'],
    ['initials from the middle', 'xcdz'],
    ['characters and initials', '上海 xcdz'],
    ['words in another order', '科技 上海'],
    ['the customer number', 'C-000123'],
    ['the start of the customer number', 'c-0001'],
    ['digits of the customer number', '000123'],
    ['full-width letters and digits', 'Ｃ－０００１２３'],
    ['punctuation around it', '（星辰）'],
  ])('finds a customer by %s', (_what, query) => {
    expect(isFound(chenxing, query)).toBe(true);
  });

  it.each(['晨星', '星电', 'chenx', 'zz', '000124', '上海 北京', 'c-0002'])(
    'does not find it by %s',
    (query) => {
      expect(isFound(chenxing, query)).toBe(false);
    },
  );

  it.each([
    ['重庆长安汽车股份有限公司', 'chongqing'],
    ['重庆长安汽车股份有限公司', 'cqca'],
    ['中国工商银行', 'gongshangyinhang'],
    ['厦门航空有限公司', 'xiamen'],
    ['绿城服务集团', 'lvcheng'],
    ['台灣積體電路製造股份有限公司', 'taiwan'],
  ])('reads the characters of %s as a word: %s', (name, query) => {
    expect(isFound({ name }, query)).toBe(true);
  });

  it('finds names that mix scripts, accents and rare characters', () => {
    const mixed = { name: '3M中国（上海）有限公司' };
    expect(
      ['3m', '3M中国', '中国上海', '3mzg', '3mzhong', 'zgsh'].filter((query) => !isFound(mixed, query)),
    ).toEqual([]);
    const coca = { name: 'Müller Coca-Cola GmbH' };
    expect(
      ['muller', 'MÜLLER', 'coca-cola', 'cocacola', 'cola gmbh', 'müller coca'].filter(
        (query) => !isFound(coca, query),
      ),
    ).toEqual([]);
    expect(isFound({ name: '𠮷野家䶮' }, '𠮷野')).toBe(true);
    expect(isFound({ name: '𠮷野家䶮' }, '䶮')).toBe(true);
    expect(isFound({ name: 'ソニー株式会社' }, 'ソニ')).toBe(true);
  });

  it('gives no condition for a query without letters, digits or characters', () => {
    expect(queryTokens(' —…！（） ')).toEqual([]);
    expect(queryTokens('')).toEqual([]);
  });

  it('bounds the rows of a name and the conditions of a query', () => {
    expect(customerTokens(chenxing).length).toBeLessThanOrEqual(28);
    expect(
      customerTokens({ name: '星辰电子科技公司测试名称'.repeat(33), customerNo: '1' }).length,
    ).toBeLessThan(70);
    expect(queryTokens('甲乙丙丁戊己庚辛壬癸子丑寅卯 a b c d e f g h i j').length).toBe(20);
  });

  it('finds every name by every part of it, and only names that have all pairs of the part', () => {
    const name = fc.stringMatching(/^[上海北京星辰电子科技华为贸易重庆银行]{2,12}$/);
    fc.assert(
      fc.property(name, fc.nat(), fc.nat(), (text, from, length) => {
        const start = from % text.length;
        const part = text.slice(start, start + 1 + (length % (text.length - start)));
        expect(isFound({ name: text }, part)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(name, name, (text, part) => {
        const pairs = Array.from({ length: part.length - 1 }, (_, i) => part.slice(i, i + 2));
        const expected = pairs.every((pair) => text.includes(pair));
        expect(isFound({ name: text }, part)).toBe(expected);
      }),
    );
  });

  it('takes any text without failing and stores only whole characters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 120 }),
        fc.string({ maxLength: 60 }),
        (name, customerNo) => {
          for (const token of customerTokens({ name, customerNo })) {
            expect(Buffer.from(token).toString()).toBe(token);
            expect(token.length).toBeLessThanOrEqual(40);
            expect(token).not.toBe('');
          }
          queryTokens(name);
        },
      ),
    );
  });
});
