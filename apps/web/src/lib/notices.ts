import { noticePage } from '@kezi/contract';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api.js';
import { useEvents } from './events.js';

export const noticesKey = ['notices'] as const;

const unreadQuery = queryOptions({
  queryKey: [...noticesKey, 'unread'],
  queryFn: ({ signal }) =>
    api.get('/me/notices', { query: { unread: true, limit: 1 }, schema: noticePage, signal }),
});

/** How many notices the reader has not read, as they come; 0 until it is known. */
export function useUnreadNotices(): number {
  const client = useQueryClient();
  useEvents(['notice.changed'], () => void client.invalidateQueries({ queryKey: noticesKey }));
  return useQuery(unreadQuery).data?.unread ?? 0;
}
