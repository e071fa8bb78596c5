import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { AppLink, useSearch } from '../../../../lib/navigate.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { useToast } from '../../../../ui/toast.js';
import { noticesQuery, useReadNotices } from '../api/notices.js';
import { NoticeLine } from '../components/notice-line.js';
import { useWords } from '../words.js';

const noticesSearch = z.object({ unread: z.boolean().optional().catch(undefined) });

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchQuery(noticesQuery(false));
}

export default function ListNotices() {
  const t = useWords();
  const toast = useToast();
  const [{ unread = false }, setSearch] = useSearch(noticesSearch);
  const query = useQuery(noticesQuery(unread));
  const read = useReadNotices();
  const mark = (ids: number[] | 'all') => read.mutate(ids, { onError: (error) => toast.failed(error) });
  return (
    <Page
      title={t('delivery.notices')}
      subtitle={<AppLink to="/settings/notices">{t('delivery.choose')}</AppLink>}
      width="reading"
      actions={
        <>
          <Button onClick={() => setSearch({ unread: unread ? undefined : true })}>
            {t(unread ? 'delivery.show_all' : 'delivery.show_unread')}
          </Button>
          <Button disabled={(query.data?.unread ?? 0) === 0} onClick={() => mark('all')}>
            {t('delivery.read_all')}
          </Button>
        </>
      }
    >
      <Panel padding="none">
        <QueryView
          query={query}
          empty={({ items }) => items.length === 0}
          emptyView={<EmptyState title={t('delivery.none')} text={t('delivery.none_text')} />}
        >
          {({ items }) => (
            <ul>
              {items.map((notice) => (
                <NoticeLine key={notice.noticeId} notice={notice} onRead={(id) => mark([id])} />
              ))}
            </ul>
          )}
        </QueryView>
      </Panel>
    </Page>
  );
}
