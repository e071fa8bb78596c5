import type { CustomerDetail, CustomField } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { companyField, tagsField } from './profile-fields.js';

const customer = { tags: ['重点', '华东'], fields: { cf1: 120_550, cf2: 3 } } as unknown as CustomerDetail;
const field = (key: string, kind: CustomField['kind']): CustomField => ({
  customFieldId: 1,
  key,
  name: key,
  nameEn: null,
  kind,
  choices: [],
  isRequired: false,
  position: 0,
  rowVersion: 1,
});

describe('facts of the profile', () => {
  it('are typed as people write them and kept as they are meant', () => {
    expect(tagsField.read(customer)).toBe('重点、华东');
    expect(tagsField.write(customer, ' 重点，  新 ')).toEqual({ tags: ['重点', '新'] });
    const money = companyField(field('cf1', 'money'), 'CNY');
    expect(money.read(customer)).toBe('1205.50');
    expect(money.write(customer, '１，２０６')).toEqual({ fields: { cf1: 120_600 } });
    const number = companyField(field('cf2', 'number'), 'CNY');
    expect(number.write(customer, '4.5')).toEqual({ fields: { cf2: 4.5 } });
    expect(number.write(customer, null)).toEqual({ fields: { cf2: null } });
    // Not understood: the server says what is wrong.
    expect(number.write(customer, 'zwölf')).toEqual({ fields: { cf2: 'zwölf' } });
  });
});
