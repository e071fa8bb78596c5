import { describe, expect, it } from 'vitest';
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
    ['qazwsxqazwsx', null],
    ['13812345678', 'digits'],
    ['2026112220261122', null],
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
});
