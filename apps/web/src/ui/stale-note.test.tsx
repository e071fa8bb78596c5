import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { isStaleBuild, mayReloadForBuild, reloadForBuild } from '../lib/stale-build.js';
import { loadWords, startWords } from '../lib/words.js';
import { later } from './later.js';
import { orStaleNote } from './stale-note.js';

const gone = new TypeError(
  'Failed to fetch dynamically imported module: http://localhost/assets/dialog-1a2b.js',
);

beforeAll(async () => {
  await startWords();
  await loadWords('ui', {
    'zh-CN': () => import('./locale/zh-CN.js'),
    'en-US': () => import('./locale/en-US.js'),
  });
});
beforeEach(() => sessionStorage.clear());
afterEach(cleanup);

it.each([
  gone,
  new TypeError('error loading dynamically imported module: http://localhost/assets/x.js'),
  new TypeError('Importing a module script failed.'),
  new Error('Unable to preload CSS for /assets/x.css'),
])('knows a file that a newer build has replaced: %s', (error) => {
  expect(isStaleBuild(error)).toBe(true);
});

it('takes no other failure for one', () => {
  expect([new TypeError('x is undefined'), 'text', null].map(isStaleBuild)).toEqual([false, false, false]);
});

it('loads the page anew once, and not again and again when that did not help', () => {
  const reload = vi.fn<() => void>();
  reloadForBuild(1_000_000, reload);
  expect(mayReloadForBuild(1_005_000)).toBe(false);
  reloadForBuild(1_005_000, reload);
  expect(reload).toHaveBeenCalledTimes(1);
  // The next build, an hour later.
  expect(mayReloadForBuild(4_600_000)).toBe(true);
});

it('a dialog whose file is gone says so beside the page; what was typed on the page stays', async () => {
  const { Part } = later(() => Promise.reject<{ default: () => null }>(gone));
  const page = (open: boolean) => (
    <>
      <input aria-label="name" defaultValue="typed" />
      {open ? <Part /> : null}
    </>
  );
  const { rerender } = render(page(false));
  await act(async () => rerender(page(true)));
  expect(screen.getByRole('alert').textContent).toContain('这部分要刷新页面才能打开');
  expect(screen.getByLabelText('name')).toHaveProperty('value', 'typed');
});

it('any other failure of a part is thrown on', async () => {
  await expect(orStaleNote(() => Promise.reject(new Error('a defect')))).rejects.toThrow('a defect');
});
