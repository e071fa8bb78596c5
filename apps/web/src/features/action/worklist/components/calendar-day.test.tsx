import type { TaskList, TaskRow, WarningRow } from '@kezi/contract';
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import { drawInFrame } from '../../../../testing/draw-in-frame.js';
import { CalendarDay } from './calendar-day.js';

const warningOf = (warningId: number): WarningRow => ({
  warningId,
  customerId: warningId,
  customerName: `恒昌机械 ${warningId}`,
  ownerId: 3,
  ownerName: '林晓',
  detectorId: 'overdue',
  status: 'open',
  score: 1.2,
  valueAtRisk: 100,
  clv: 500,
  evidence: { silenceDays: 30, longestGapDays: 7, meanGapDays: 7, orders: 6, pAlive: 0.4 },
  play: null,
  raisedOn: '2026-03-01',
  dueOn: '2026-03-11',
  seenOn: '2026-03-01',
  timesSeen: 1,
  snoozedUntil: null,
  outcome: null,
  note: null,
  closedByName: null,
  closedAt: null,
  rowVersion: 1,
});

const taskOf = (taskId: number, made: TaskRow['made']): TaskRow => ({
  taskId,
  kind: made ? 'festival' : 'manual',
  title: `任务 ${taskId}`,
  made,
  customerId: null,
  customerName: null,
  assigneeId: 3,
  assigneeName: '林晓',
  dueOn: '2026-03-11',
  minutes: 15,
  warningId: null,
  status: 'open',
  doneAt: null,
  rowVersion: 1,
  cancelled: null,
});
const festival = { festival: 'spring', festivalOn: '2026-03-18', what: '寄贺卡' };

async function show(tasks: TaskRow[], warnings: WarningRow[], more?: TaskList['more'][number]) {
  await drawInFrame(
    <CalendarDay
      day="2026-03-11"
      name="11"
      whose="mine"
      today="2026-03-10"
      isMonth
      isOutside={false}
      {...{ tasks, warnings, more }}
    />,
  );
  await screen.findByRole('heading');
}
const lines = () => screen.getAllByRole('listitem').map((line) => line.textContent);

beforeAll(async () => {
  await startWords();
  await loadWords('worklist', {
    'zh-CN': () => import('../locale/zh-CN.js'),
    'en-US': () => import('../locale/en-US.js'),
  });
});
afterEach(cleanup);

it('leaves tasks in sight on a day with many warnings, which stand in a line that opens', async () => {
  await show([taskOf(1, festival), taskOf(2, null)], [4, 5, 6, 7, 8].map(warningOf));
  expect(lines()).toEqual([
    '任务 2',
    expect.stringContaining('5 位客户有预警'),
    expect.stringContaining('寄贺卡'),
  ]);
  expect(screen.queryByText(/还有/)).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: /5 位客户有预警/ }));
  expect(lines()).toHaveLength(8);
});

it('says the warnings one by one where all has room, once a customer', async () => {
  await show([taskOf(2, null)], [warningOf(4), { ...warningOf(5), customerId: 4 }, warningOf(6)]);
  expect(screen.queryByRole('button')).toBeNull();
  expect(lines()).toHaveLength(3);
});

it('counts what has no room after what somebody planned and the warnings', async () => {
  const made = [1, 2, 3].map((id) => taskOf(id, festival));
  await show([...made, taskOf(9, null)], [4, 5].map(warningOf));
  expect(lines()[0]).toBe('任务 9');
  expect(lines()).toHaveLength(4);
  expect(screen.getByText('还有 1 项')).toBeTruthy();
});

it('counts what is not listed with what is', async () => {
  const warnings = [4, 5, 6, 7, 8].map(warningOf);
  const more = { day: '2026-03-11', tasks: 30, customers: 95, valueAtRisk: 9500 };
  await show([taskOf(1, festival), taskOf(2, null)], warnings, more);
  expect(lines()[1]).toContain('100 位客户有预警');
  expect(lines()[1]).toMatch(/1\s万/u);
  expect(screen.getByText('还有 30 项')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: /100 位客户有预警/ }));
  expect(screen.getByText('还有 95 项').getAttribute('href')).toBe('/action/warnings');
});
