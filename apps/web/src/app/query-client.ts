import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '../lib/api-error.js';
import { onStreamBack } from '../lib/events.js';

/** What is no longer there for the reader; a limit of a day, which is also refused, takes nothing away. */
const isGone = (error: Error) =>
  error instanceof ApiError && (error.status === 404 || error.code === 'app.forbidden');

/** One client for the page. A refusal is not asked twice; a passing failure is, three times. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    // What was fetched before stays on the page over a failure, but not what the reader may not see any more.
    onError: (error, query) => {
      if (isGone(error) && query.state.data !== undefined) query.setState({ data: undefined });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => error instanceof ApiError && error.isPassing && count < 3,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

onStreamBack(() => void queryClient.invalidateQueries());
