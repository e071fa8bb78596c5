import {
  RouterProvider,
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
} from '@tanstack/react-router';
import { act, render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { useGo, useSearch } from './navigate.js';

const schema = z.object({ step: z.enum(['first', 'second']).catch('first') });

function Steps() {
  const go = useGo();
  const [{ step }, setSearch] = useSearch(schema);
  return (
    <>
      <p>{step}</p>
      <button type="button" onClick={() => setSearch({ step: 'first' })}>
        {'back'}
      </button>
      <button type="button" onClick={() => go('/next')}>
        {'next'}
      </button>
    </>
  );
}

it('shows a page as it was until the next one has come, and follows its own search at once', async () => {
  let arrive = () => {};
  const arrived = new Promise<void>((done) => (arrive = done));
  const root = createRootRoute();
  const steps = createRoute({ getParentRoute: () => root, path: '/steps', component: Steps });
  const next = createRoute({
    getParentRoute: () => root,
    path: '/next',
    loader: () => arrived,
    component: () => 'arrived',
  });
  const router = createRouter({
    routeTree: root.addChildren([steps, next]),
    history: createMemoryHistory({ initialEntries: ['/steps?step=second'] }),
  });
  render(<RouterProvider router={router} />);
  await screen.findByText('second');
  act(() => screen.getByText('back').click());
  await screen.findByText('first');
  await act(() => router.navigate({ to: '/steps', search: { step: 'second' } } as never));
  await screen.findByText('second');
  act(() => screen.getByText('next').click());
  await expect.poll(() => router.state.location.pathname).toBe('/next');
  expect(screen.queryByText('second')).not.toBeNull();
  await act(async () => {
    arrive();
    await arrived;
  });
  await screen.findByText('arrived');
});
