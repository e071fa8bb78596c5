import { festivals } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { festivalsFrom, nextFestival } from './festival-days.js';

describe('days of festivals', () => {
  // Hong Kong Observatory, Gregorian-Lunar Calendar Conversion Tables; 2025 and 2026 also by the State Council's holidays.
  it.each([
    ['2025-01-29', '2025-02-12', '2025-05-31', '2025-10-06', '2025-10-29'],
    ['2026-02-17', '2026-03-03', '2026-06-19', '2026-09-25', '2026-10-18'],
    // The new moon of 6 February 2027 is at 23:56 in Beijing: tables that reckon roughly have it on the 7th.
    ['2027-02-06', '2027-02-20', '2027-06-09', '2027-09-15', '2027-10-08'],
    ['2028-01-26', '2028-02-09', '2028-05-28', '2028-10-03', '2028-10-26'],
    // A year with a leap month, which 2033 puts after the eleventh: a famous trap.
    ['2033-01-31', '2033-02-14', '2033-06-01', '2033-09-08', '2033-10-01'],
    ['2034-02-19', '2034-03-05', '2034-06-20', '2034-09-27', '2034-10-20'],
  ])(
    'the Spring Festival of %s and what follows it',
    (spring, lantern, dragonBoat, midAutumn, doubleNinth) => {
      const from = `${spring.slice(0, 4)}-01-01`;
      const names = [
        'spring-festival',
        'lantern-festival',
        'dragon-boat',
        'mid-autumn',
        'double-ninth',
      ] as const;
      expect(names.map((name) => nextFestival(name, from))).toEqual([
        spring,
        lantern,
        dragonBoat,
        midAutumn,
        doubleNinth,
      ]);
    },
  );

  it('the fourth Thursday, whichever weekday November begins with', () => {
    const days = [
      '2022-11-24',
      '2023-11-23',
      '2024-11-28',
      '2025-11-27',
      '2026-11-26',
      '2027-11-25',
      '2028-11-23',
    ];
    expect(days.map((day) => nextFestival('thanksgiving', `${day.slice(0, 4)}-01-01`))).toEqual(days);
  });

  // Umm al-Qura: https://www.ummulqura.org.sa; 1 Shawwal comes twice in 2033.
  it('the end of Ramadan', () => {
    expect(nextFestival('eid-al-fitr', '2026-01-01')).toBe('2026-03-20');
    expect(nextFestival('eid-al-fitr', '2027-01-01')).toBe('2027-03-09');
    const first = nextFestival('eid-al-fitr', '2033-01-01');
    expect(nextFestival('eid-al-fitr', `${first.slice(0, 8)}31`).slice(0, 7)).toBe('2033-12');
  });

  it('on the day itself that day, the day after the next one', () => {
    expect(nextFestival('christmas', '2026-12-25')).toBe('2026-12-25');
    expect(nextFestival('christmas', '2026-12-26')).toBe('2027-12-25');
    expect(nextFestival('spring-festival', '2027-02-07')).toBe('2028-01-26');
    const all = festivalsFrom('2026-11-23');
    expect(all[0]).toEqual({ festival: 'thanksgiving', nextOn: '2026-11-26' });
    expect(all).toHaveLength(festivals.length);
  });
});
