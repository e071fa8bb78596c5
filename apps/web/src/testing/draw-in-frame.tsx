import type { Permission } from '@kezi/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider, createMemoryHistory, createRootRoute, createRouter } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { sessionQuery, type Session } from '../lib/session.js';
import { ToastProvider } from '../ui/toast.js';

/**
 * Draws a part with what stands around it on a page: addresses that its links need, answers of the server, notices. Test files
 * share their modules, so a module may not be replaced for one of them.
 */
export async function drawInFrame(part: ReactNode, permissions: readonly Permission[] = []): Promise<void> {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(sessionQuery.queryKey, { permissions } as Session);
  const root = createRootRoute({
    component: () => (
      <QueryClientProvider client={client}>
        <ToastProvider>{part}</ToastProvider>
      </QueryClientProvider>
    ),
  });
  const router = createRouter({ routeTree: root, history: createMemoryHistory({ initialEntries: ['/'] }) });
  await router.load();
  render(<RouterProvider router={router} />);
}
