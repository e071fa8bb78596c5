import { describe, expect, it } from 'vitest';
import { emptyDraft, inputOf, momentOf, patchOf, wallClock } from './interaction-draft.js';

describe('the wall clock of a time zone', () => {
  it.each([
    ['2026-03-01T14:30', 'Asia/Shanghai', '2026-03-01T06:30:00.000Z'],
    ['2026-01-01T00:00', 'America/New_York', '2026-01-01T05:00:00.000Z'],
    ['2026-07-01T00:00', 'America/New_York', '2026-07-01T04:00:00.000Z'],
    ['2026-03-08T03:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2026-06-01T12:00', 'Asia/Kathmandu', '2026-06-01T06:15:00.000Z'],
  ])('%s in %s is one moment, and shows it again', (wall, timeZone, moment) => {
    expect(momentOf(wall, timeZone)).toBe(moment);
    expect(wallClock(moment, timeZone)).toBe(wall);
  });
});

describe('what is typed of an interaction', () => {
  it('happened now, and has no day without a step', () => {
    expect(inputOf({ ...emptyDraft, summary: ' 聊了 ', nextStepOn: '2026-03-10' }, 'Asia/Shanghai')).toEqual({
      kind: 'call',
      summary: '聊了',
      contactIds: [],
      outcome: null,
      nextStep: null,
      nextStepOn: null,
    });
  });

  it('is sent as far as it was changed', () => {
    const before = { ...emptyDraft, summary: 'a', happenedAt: '2026-03-01T14:30', userIds: [1] };
    const after = { ...before, nextStep: '报价', nextStepOn: '2026-03-10' };
    expect(patchOf(before, after, 'Asia/Shanghai')).toEqual({ nextStep: '报价', nextStepOn: '2026-03-10' });
  });
});
