import { describe, expect, it } from 'vitest';
import { commonWords } from './common-words.js';
import { passwordFault } from './password-policy.js';

const names = ['王小明', 'wang.xiaoming@haiyue.example', '海岳贸易'];

describe('a password that is long enough', () => {
  it.each([
    ['password123', 'common'],
    ['P@ssw0rd2026!', 'common'],
    ['ｐａｓｓｗｏｒｄ９９', 'common'],
    ['woaini1314520', 'common'],
    ['123Administrator', 'common'],
    ['qwertyuiop', 'pattern'],
    ['1234567890qwerty', 'pattern'],
    ['abababababab', 'pattern'],
    ['aaaaaaaaaaaa', 'pattern'],
    ['qazwsxqazwsx', 'pattern'],
    ['sunshinedragon', 'common'],
    ['Summer2026!Sunshine', 'common'],
    ['wangwei19880808', 'common'],
    ['zhangsan#lisi', 'common'],
    ['iloveyou-michael', 'common'],
    ['FuGuiJiXiang888', 'common'],
    ['13812345678', 'digits'],
    ['2026112220261122', 'pattern'],
    ['王小明的密码是什么呢', 'name'],
    ['xiaoming-likes-tea', 'name'],
    ['XIA0MING-likes-tea', 'name'],
    ['haiyue sells ships', 'name'],
    ['correct horse battery', null],
    ['a long password', null],
    ['一句话最好记，不是吗', null],
    ['a-long-word-for-drills-7', null],
    ['kX9#mQ2$vL', null],
  ] as const)('%s: %s', (password, fault) => {
    expect(passwordFault(password, names)).toBe(fault);
  });

  it('may hold a short name, which is in many words', () => {
    expect(passwordFault('plenty of landlords', ['Al', 'al@x.example'])).toBeNull();
  });

  it('is not one of more than 3,000 that are tried first', () => {
    const words = [...commonWords].filter((word) => word.length >= 4).slice(0, 400);
    const tried = words.flatMap((word) =>
      ['1234567', '2026!!', '@123456', '888888', '!@#$%^', '520131'].flatMap((tail) => [
        `${word}${tail}`,
        `${word[0]?.toUpperCase()}${word.slice(1)}${tail}`,
      ]),
    );
    expect(commonWords.size).toBeGreaterThan(1400);
    expect(tried.length).toBeGreaterThan(3000);
    expect(tried.filter((password) => passwordFault(password, []) === null)).toEqual([]);
  });
});
