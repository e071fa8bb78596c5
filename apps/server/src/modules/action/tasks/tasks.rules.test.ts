import { describe, expect, it } from 'vitest';
import { inOrder, valueAnHour, valueOfTask } from './tasks.rules.js';

const item = (name: string, dueOn: string, minutes: number, value: number) => ({
  name,
  dueOn,
  minutes,
  value,
});

describe('the order of the worklist', () => {
  it('puts what brings most for an hour first, and what can wait by the days that are left', () => {
    const items = [
      item('today, nothing', '2026-03-02', 30, 0),
      item('late, nothing', '2026-02-20', 30, 0),
      item('late, 200 in an hour', '2026-02-20', 60, 200),
      item('in nine days, 5999 an hour', '2026-03-11', 60, 5999),
      item('in three days, 54,000', '2026-03-05', 60, 54_000),
      item('today, 100 in ten minutes', '2026-03-02', 10, 100),
    ];
    expect(inOrder(items, '2026-03-02').map(({ name }) => name)).toEqual([
      'in three days, 54,000',
      'today, 100 in ten minutes',
      'in nine days, 5999 an hour',
      'late, 200 in an hour',
      'late, nothing',
      'today, nothing',
    ]);
  });

  it('takes a follow-up for a fiftieth of the value, and a customer without value for nothing', () => {
    expect([valueOfTask(5000), valueOfTask(null), valueOfTask(-3)]).toEqual([100, 0, 0]);
    expect(valueAnHour(item('', '2026-03-02', 15, 100))).toBe(400);
  });
});
