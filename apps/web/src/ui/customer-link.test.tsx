import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { CustomerLink } from './customer-link.js';

/** A page with the names of two customers, and the page of a customer. */
async function show(at: string) {
  const root = createRootRoute({ component: Outlet });
  const names = () => (
    <>
      <CustomerLink to="/customers/12?tab=orders">{'明远'}</CustomerLink>
      <CustomerLink to="/customers/13">{'远达'}</CustomerLink>
    </>
  );
  const page = (path: string) => createRoute({ getParentRoute: () => root, path, component: names });
  const router = createRouter({
    routeTree: root.addChildren([page('/today'), page('/customers/$customerId')]),
    history: createMemoryHistory({ initialEntries: ['/today', at] }),
  });
  render(<RouterProvider router={router as never} />);
  await screen.findByText('明远');
  return router;
}
afterEach(cleanup);

it('opens a customer beside the page, and the next one in its place', async () => {
  const router = await show('/today?whose=team');
  fireEvent.click(screen.getByText('明远'));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ customer: 12 }));
  expect(router.state.location).toMatchObject({
    pathname: '/today',
    search: { whose: 'team', customer: 12, customerTab: 'orders' },
  });
  fireEvent.click(screen.getByText('远达'));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ customer: 13 }));
  expect(router.state.location.search).not.toHaveProperty('customerTab', 'orders');
  router.history.back();
  await waitFor(() => expect(router.state.location.search).toEqual({ whose: 'team' }));
});

it('is the page itself for whoever is there already, and a plain link with a key held', async () => {
  const router = await show('/customers/12');
  fireEvent.click(screen.getByText('远达'), { ctrlKey: true });
  fireEvent.click(screen.getByText('明远'));
  await waitFor(() => expect(router.state.location.search).toEqual({ tab: 'orders' }));
  expect(router.state.location.pathname).toBe('/customers/12');
  expect(screen.getByText('远达').getAttribute('href')).toBe('/customers/13');
});
