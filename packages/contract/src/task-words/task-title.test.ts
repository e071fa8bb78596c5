import { expect, it } from 'vitest';
import { taskTitle } from './task-title.js';

const day = (written: string) => written.replaceAll('-', '/');
const task = (
  kind: Parameters<typeof taskTitle>[0]['kind'],
  made: Record<string, string | number | null> | null,
) => ({
  kind,
  title: '写下的话',
  made,
});

it('says what a rule asks for in the words of its reader, days as they are used to them', () => {
  const meeting = task('meeting', { everyDays: 30, lastOn: '2026-01-05' });
  expect(taskTitle(meeting, { language: 'zh-CN', day })).toBe('按约拜访：约定每 30 天一次，上次 2026/01/05');
  expect(taskTitle(meeting, { language: 'en-US' })).toBe('Meet as promised: every 30 days, last 2026-01-05');
});

it('says what returns after one year or one day as a language says it of one', () => {
  const first = task('anniversary', { years: 1 });
  expect(taskTitle(first, { language: 'en-US' })).toBe('A year of working together: say thanks');
  expect(taskTitle(first, { language: 'zh-CN' })).toBe('合作 1 周年：致谢');
  const signed = task('contract-anniversary', { name: 'Frame agreement', years: 1 });
  expect(taskTitle(signed, { language: 'en-US' })).toBe(
    'Frame agreement, a year since signing: call on them',
  );
  const daily = task('meeting', { everyDays: 1, lastOn: '2026-01-05' });
  expect(taskTitle(daily, { language: 'en-US' })).toBe('Meet as promised: every day, last 2026-01-05');
  const second = task('anniversary', { years: 2 });
  expect(taskTitle(second, { language: 'en-US' })).toBe('2 years of working together: say thanks');
});

it('says that something never was, and leaves no gap for a name that is gone', () => {
  const never = task('meeting', { everyDays: 30, lastOn: null });
  expect(taskTitle(never, { language: 'en-US' })).toBe('Meet as promised: every 30 days, last never');
  expect(taskTitle(task('birthday', { name: null }), { language: 'zh-CN' })).toBe('– 生日：问候');
});

it('names the festival, with a greeting where nobody has said what', () => {
  const made = { festival: 'mid-autumn', festivalOn: '2026-09-25', what: null };
  expect(taskTitle(task('festival', made), { language: 'zh-CN', day })).toBe('中秋节（2026/09/25）：问候');
  const cakes = task('festival', { ...made, what: '送月饼' });
  expect(taskTitle(cakes, { language: 'en-US' })).toBe('Mid-Autumn Festival (2026-09-25): 送月饼');
});

it.each(['manual', 'stage', 'next-step', 'warning'] as const)(
  'leaves the words of somebody alone: %s',
  (kind) => {
    expect(taskTitle(task(kind, kind === 'stage' ? { stage: 'new' } : null), { language: 'en-US' })).toBe(
      '写下的话',
    );
  },
);
