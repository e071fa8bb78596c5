import type { ErrorCode, ErrorParams } from '@kezi/contract/errors';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../lib/api-error.js';
import { usePreferences } from '../lib/preferences.js';
import { ErrorState } from './error-state.js';

interface RunErrorProps {
  /** As the run keeps it. */
  error: { code: string; params: Record<string, unknown> };
}

/**
 * Why a run failed. It keeps the code alone, so that it is told in the language of whoever looks; the sentences are fetched
 * where one is needed.
 */
export function RunError({ error: { code, params } }: RunErrorProps) {
  const { language } = usePreferences();
  const { data: detail, isPending } = useQuery({
    queryKey: ['sentence', code, params, language],
    queryFn: async () => {
      const { messageOf } = await import('@kezi/contract/errors');
      return messageOf(code as ErrorCode, params as ErrorParams, language);
    },
    retry: false,
    staleTime: Infinity,
  });
  if (isPending) return null;
  const error = new ApiError({ status: 422, code, ...(detail === undefined ? {} : { detail }) });
  return <ErrorState error={error} size="band" />;
}
