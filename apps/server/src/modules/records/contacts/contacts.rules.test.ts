import { describe, expect, it } from 'vitest';
import { contactQuery, contactTokens } from './contact-tokens.js';
import {
  closesCircle,
  maskMail,
  maskName,
  maskPhone,
  phoneDigits,
  readMail,
  readPhone,
} from './contacts.rules.js';

describe('a telephone number', () => {
  it.each([
    ['13812345678', '13812345678', '13812345678', '138****5678'],
    ['＋86 138 1234 5678', '+86 138 1234 5678', '13812345678', '138****5678'],
    ['021-61234567转802', '021-61234567转802', '02161234567', '021****4567'],
    ['+1 (310) 555-0123 ext. 7', '+1 (310) 555-0123 ext. 7', '13105550123', '131****0123'],
    ['  95588 ', '95588', '95588', '****88'],
  ])('%s is read, compared and masked', (typed, kept, digits, mask) => {
    expect([readPhone(typed), phoneDigits(typed), maskPhone(typed)]).toEqual([kept, digits, mask]);
  });

  it.each(['1381234567', '138123456789', '138****5678', '1234', 'call me', '', '1'.repeat(40), '+', '=1+1'])(
    '%s is refused',
    (typed) => {
      expect(() => readPhone(typed)).toThrow(
        expect.objectContaining({ code: 'contacts.phone_unreadable', params: { text: typed } }),
      );
    },
  );
});

describe('a mail address', () => {
  it('is read with full-width signs, and masked to its first letter', () => {
    expect(readMail(' Wang.Wei＠example.com ')).toBe('Wang.Wei@example.com');
    expect(maskMail('Wang.Wei@example.com')).toBe('W****@example.com');
    expect(maskName('wxid_123')).toBe('w****');
  });

  it.each(['wang', 'wang@', '@example.com', 'w****@example.com', 'a b@example.com'])(
    '%s is refused',
    (typed) => {
      // The star of a masked address is refused, so that a mask never comes back as an address.
      expect(() => readMail(typed)).toThrow(expect.objectContaining({ code: 'contacts.mail_unreadable' }));
    },
  );
});

/** Whether the tokens fulfil the query, as the database asks it. */
const finds = (query: string, contact: { name: string; phones?: string[]; mails?: string[] }) => {
  const tokens = contactTokens({ phones: [], mails: [], ...contact });
  return contactQuery(query).every(({ token, match }) =>
    tokens.some((one) => (match === 'equals' ? one === token : one.startsWith(token))),
  );
};

describe('a contact', () => {
  const wang = {
    name: '王小明',
    phones: ['+86 138 1234 5678', '021-61234567转8'],
    mails: ['Wang@Example.com'],
  };

  it.each(['王', '小明', '王小明', 'wang', 'wangxiao', 'wxm', 'wx', 'xiaoming', '明'])(
    'is found by %s',
    (query) => {
      expect(finds(query, wang)).toBe(true);
    },
  );

  it.each([
    '13812345678',
    '138 1234 5678',
    '+86-13812345678',
    '5678',
    '02161234567',
    '4567',
    'wang@example.com',
  ])('is found by %s, whole or as far as it is shown', (query) => {
    expect(finds(query, wang)).toBe(true);
  });

  it.each(['138', '1381', '1381234', '12345678', '8123', 'wang@exam', 'example.com', '李', '小王'])(
    'is not found by %s',
    (query) => {
      expect(finds(query, wang)).toBe(false);
    },
  );

  it('has the reading of its surname, and of two characters the initials', () => {
    expect(finds('shan', { name: '单雄信' })).toBe(true);
    expect(finds('ln', { name: '李娜' })).toBe(true);
    expect(finds('zhang wei', { name: 'Wei Zhang' })).toBe(true);
    expect(finds('𠮷', { name: '𠮷野' })).toBe(true);
  });

  it('is not narrowed by a query without letters', () => {
    expect(contactQuery(' — ')).toEqual([]);
  });
});

describe('reporting lines', () => {
  const lines = new Map<number, number | null>([
    [1, null],
    [2, 1],
    [3, 2],
    [4, 5],
    [5, 4],
  ]);

  it('close a circle where somebody would stand above themselves', () => {
    expect([closesCircle(lines, 1, 1), closesCircle(lines, 1, 3), closesCircle(lines, 1, 2)]).toEqual([
      true,
      true,
      true,
    ]);
    expect([closesCircle(lines, 3, 1), closesCircle(lines, 2, 1)]).toEqual([false, false]);
  });

  it('come to an end also in a circle that is there already', () => {
    expect(closesCircle(lines, 1, 4)).toBe(false);
  });
});
