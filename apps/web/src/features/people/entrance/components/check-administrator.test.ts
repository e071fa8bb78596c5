import { describe, expect, it } from 'vitest';
import { checkAdministrator } from './check-administrator.js';

const good = {
  code: '',
  organisationName: '海岳精工',
  name: '林知远',
  email: 'lin@haiyue.cn',
  password: '一句话就很好记了吧对',
  baseCurrency: 'CNY',
  timeZone: 'Asia/Shanghai',
};

describe('checkAdministrator', () => {
  it('finds nothing wrong with a complete draft', () => {
    expect(checkAdministrator(good, false)).toEqual({});
  });

  it('asks for the code only where the server does', () => {
    expect(checkAdministrator(good, true)).toEqual({ code: { word: 'entrance.missing' } });
  });

  it('counts characters, not bytes, and says how many are missing', () => {
    expect(checkAdministrator({ ...good, password: '密码太短' }, false).password).toEqual({
      word: 'entrance.password_short',
      params: { count: 6 },
    });
  });

  it.each(['lin', 'lin@', 'lin@haiyue', 'a b@c.d'])('does not take %s for an address', (email) =>
    expect(checkAdministrator({ ...good, email }, false).email?.word).toBe('entrance.email_wrong'),
  );
});
