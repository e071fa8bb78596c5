import { describe, expect, it } from 'vitest';
import { draftOf, draftWays, inputOf, patchOf } from './contact-draft.js';

describe('what is typed of a contact', () => {
  it('goes out without empty texts, numbers taken apart at every kind of comma', () => {
    const ways = { phones: ' 138 1234 5678，021-61234567转8、 ', mails: 'a@b.cn; c@d.cn', wechat: ' ' };
    expect(inputOf({ ...draftOf(null), name: ' 王小明 ', ways })).toMatchObject({
      name: '王小明',
      title: null,
      phones: ['138 1234 5678', '021-61234567转8'],
      mails: ['a@b.cn', 'c@d.cn'],
      wechat: null,
      isPrimary: false,
    });
  });

  it('never sends a mask back', () => {
    const draft = { ...draftOf(null), name: '王', ways: null };
    expect(Object.keys(inputOf(draft))).not.toContain('phones');
    expect(draftWays({ phones: ['1', '2'], mails: [], wechat: null })).toEqual({
      phones: '1, 2',
      mails: '',
      wechat: '',
    });
  });

  it('is sent as far as it was changed', () => {
    const before = { ...draftOf(null), name: '王', title: '经理', ways: null };
    expect(patchOf(before, before)).toEqual({});
    const ways = { phones: '13812345678', mails: '', wechat: '' };
    expect(patchOf(before, { ...before, title: '', ways })).toEqual({
      title: null,
      phones: ['13812345678'],
      mails: [],
      wechat: null,
    });
  });

  it('leaves the first place to the server where somebody has left', () => {
    const draft = { ...draftOf(null), name: '王', isPrimary: true, leftOn: '2026-01-01' };
    expect(Object.keys(inputOf(draft))).not.toContain('isPrimary');
  });
});
