import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../lib/api-error.js';

/** One client for the page. A refusal is not asked twice; a passing failure is, three times. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => error instanceof ApiError && error.isPassing && count < 3,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
