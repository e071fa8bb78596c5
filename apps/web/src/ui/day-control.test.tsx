import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { focusFirstFault } from '../lib/focus-fault.js';
import { loadWords, startWords } from '../lib/words.js';
import DayControl from './day-control.js';
import { Field } from './field.js';

beforeAll(async () => {
  await startWords();
  await loadWords('ui', {
    'zh-CN': () => import('./locale/zh-CN.js'),
    'en-US': () => import('./locale/en-US.js'),
  });
  focusFirstFault();
});
afterEach(cleanup);

it('Enter takes the day that was typed and does not send the form around it', () => {
  const onChange = vi.fn<(day: string | undefined) => void>();
  render(<DayControl label="从" value={undefined} onChange={onChange} />);
  const input = screen.getByLabelText('从');
  fireEvent.mouseDown(input);
  fireEvent.change(input, { target: { value: '2027-01-01' } });
  // A browser sends the form unless the key was kept from it.
  expect(fireEvent.keyDown(input, { key: 'Enter' })).toBe(false);
  expect(onChange).toHaveBeenCalledWith('2027-01-01');
});

it('a form that was sent with faults hands the keyboard to the first of them, a day too', async () => {
  render(
    <form onSubmit={(event) => event.preventDefault()}>
      <Field label="名称">
        <input defaultValue="好" />
      </Field>
      <Field label="开始" error="请选择一天">
        <DayControl label="开始" value={undefined} onChange={() => undefined} />
      </Field>
      <button type="submit">{'保存'}</button>
    </form>,
  );
  fireEvent.click(screen.getByText('保存'));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('开始')));
});
