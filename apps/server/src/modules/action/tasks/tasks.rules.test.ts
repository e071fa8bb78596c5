import { describe, expect, it } from 'vitest';
import { inOrder, valueAnHour, valueOfTask } from './tasks.rules.js';

const item = (name: string, dueOn: string, minutes: number, value: number) => ({
  name,
  dueOn,
  minutes,
  value,
});

describe('the order of the worklist', () => {
  it('puts what cannot wait first, then what brings most for an hour', () => {
    const items = [
      item('tomorrow, large', '2026-03-03', 30, 9000),
      item('today, 100 in ten minutes', '2026-03-02', 10, 100),
      item('late, 200 in an hour', '2026-02-20', 60, 200),
      item('today, nothing', '2026-03-02', 30, 0),
    ];
    expect(inOrder(items, '2026-03-02').map(({ name }) => name)).toEqual([
      'today, 100 in ten minutes',
      'late, 200 in an hour',
      'today, nothing',
      'tomorrow, large',
    ]);
  });

  it('takes a follow-up for a fiftieth of the value, and a customer without value for nothing', () => {
    expect([valueOfTask(5000), valueOfTask(null), valueOfTask(-3)]).toEqual([100, 0, 0]);
    expect(valueAnHour(item('', '2026-03-02', 15, 100))).toBe(400);
  });
});
