import { noticePage, noticeSettings } from '@kezi/contract';
import type { NoticeSettingsPatch } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';
import { noticesKey } from '../../../../lib/notices.js';

export const noticesQuery = (unread: boolean) =>
  queryOptions({
    queryKey: [...noticesKey, 'list', unread],
    queryFn: ({ signal }) =>
      api.get('/me/notices', {
        query: { limit: 100, ...(unread ? { unread } : {}) },
        schema: noticePage,
        signal,
      }),
  });

export const noticeSettingsQuery = queryOptions({
  queryKey: ['notice-settings'],
  queryFn: ({ signal }) => api.get('/me/notice-settings', { schema: noticeSettings, signal }),
});

/** Some by their numbers, or all. */
export function useReadNotices() {
  return useApiMutation({
    call: (noticeIds: number[] | 'all') =>
      api.post('/me/notices/read', noticeIds === 'all' ? {} : { noticeIds }),
    invalidate: [noticesKey],
  });
}

export function useChangeNoticeSettings(onDone?: () => void) {
  return useApiMutation({
    onDone,
    call: (change: NoticeSettingsPatch) =>
      api.patch('/me/notice-settings', change, { schema: noticeSettings }),
    invalidate: [noticeSettingsQuery.queryKey],
  });
}
