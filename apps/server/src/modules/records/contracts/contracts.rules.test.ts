import { describe, expect, it } from 'vitest';
import { minimumByNow, noticeDay, stageOn } from './contracts.rules.js';

const contract = {
  status: 'signed' as const,
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  noticeDays: 60,
};

describe('where a contract stands', () => {
  it.each([
    ['2025-12-31', 'upcoming'],
    ['2026-01-01', 'running'],
    ['2026-10-31', 'running'],
    ['2026-11-01', 'ending'],
    ['2026-12-31', 'ending'],
    ['2027-01-01', 'ended'],
  ])('on %s it is %s', (today, stage) => {
    expect(stageOn(contract, today)).toBe(stage);
  });

  it('is what people say of a draft and of one that was terminated, and never ends without an end', () => {
    expect(stageOn({ ...contract, status: 'draft' }, '2026-06-01')).toBe('draft');
    expect(stageOn({ ...contract, status: 'terminated' }, '2026-06-01')).toBe('terminated');
    expect(stageOn({ ...contract, endsOn: null }, '2099-01-01')).toBe('running');
    expect(noticeDay(contract)).toBe('2026-11-01');
    expect(noticeDay({ ...contract, endsOn: null })).toBeNull();
  });
});

describe('a promised minimum', () => {
  const promise = { minimumMinor: 365_00, startsOn: '2026-01-01', endsOn: '2026-12-31' };
  it.each([
    ['2025-12-31', 0],
    ['2026-01-01', 1_00],
    ['2026-01-31', 31_00],
    ['2026-12-31', 365_00],
    ['2030-01-01', 365_00],
  ])('comes on %s to %i', (today, minor) => {
    expect(minimumByNow(promise, today)).toBe(minor);
  });

  it('loses no cent of a large amount', () => {
    expect(minimumByNow({ ...promise, minimumMinor: 900_000_000_000_001 }, '2026-12-31')).toBe(
      900_000_000_000_001,
    );
    expect(minimumByNow({ ...promise, minimumMinor: null }, '2026-06-01')).toBeNull();
    expect(minimumByNow({ ...promise, endsOn: null }, '2026-06-01')).toBeNull();
  });
});
