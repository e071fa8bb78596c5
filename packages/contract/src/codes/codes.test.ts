import { describe, expect, it } from 'vitest';
import {
  citiesOf,
  countryCodes,
  countryName,
  divisionOf,
  divisionsWithin,
  industryDivisions,
  industryOf,
  industrySections,
  industryWithin,
  isCountry,
  provinces,
  sectionOf,
} from './index.js';

describe('industries', () => {
  it('are the 20 sections and 97 divisions of the standard, each division in a section', () => {
    expect(industrySections.map(({ code }) => code).join('')).toBe('ABCDEFGHIJKLMNOPQRST');
    expect(industryDivisions.map(({ code }) => Number(code))).toEqual(
      Array.from({ length: 97 }, (_, i) => i + 1),
    );
    expect(
      industryDivisions.every(({ code, zh, en }) => sectionOf(code) !== null && zh !== '' && en !== ''),
    ).toBe(true);
    expect([sectionOf('13'), sectionOf('43'), sectionOf('44'), sectionOf('97')]).toEqual([
      'C',
      'C',
      'D',
      'T',
    ]);
    expect([sectionOf('98'), sectionOf('00'), sectionOf('C')]).toEqual([null, null, null]);
    expect(industryOf('26')).toMatchObject({ zh: '化学原料和化学制品制造业' });
    expect(industryWithin('F')).toEqual(['F', '51', '52']);
    expect(industryWithin('26')).toEqual(['26']);
  });
});

describe('divisions', () => {
  it('are 34 provinces and 333 prefectures, each in its province, none twice', () => {
    const all = [...provinces, ...provinces.flatMap(({ code }) => citiesOf(code))];
    expect(provinces).toHaveLength(34);
    expect(all).toHaveLength(34 + 333);
    expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
    expect(all.every(({ zh, en }) => zh !== '' && en !== '')).toBe(true);
    expect(divisionOf('330100')).toMatchObject({ zh: '杭州市', en: 'Hangzhou', province: '330000' });
    expect(divisionOf('990000')).toBeUndefined();
    expect(divisionsWithin('460000')).toEqual(['460000', '460100', '460200', '460300', '460400']);
    expect(divisionsWithin('330100')).toEqual(['330100']);
  });
});

describe('countries', () => {
  it('are the 249 of ISO 3166-1, with names from the system', () => {
    expect(new Set(countryCodes).size).toBe(249);
    expect(isCountry('CN') && !isCountry('XX')).toBe(true);
    expect(countryName('DE', 'zh-CN')).toBe('德国');
  });
});
