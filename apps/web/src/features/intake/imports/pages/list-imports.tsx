import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useEvents } from '../../../../lib/events.js';
import { AppLink, useGo } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { MoreRows } from '../../../../ui/more-rows.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { importsQuery } from '../api/imports.js';
import { BatchRow } from '../components/batch-row.js';
import { useWords } from '../words.js';

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchInfiniteQuery(importsQuery);
}

/** Every file that came in, newest first. */
export default function ListImports() {
  const t = useWords();
  const go = useGo();
  const canWrite = useCan('imports:write');
  const canLoadDemo = useCan('demo:load');
  const query = useInfiniteQuery(importsQuery);
  useEvents(['import.finished'], () => void query.refetch());
  return (
    <Page
      title={t('imports.title')}
      subtitle={t('imports.subtitle')}
      actions={
        canWrite ? (
          <Button type="primary" onClick={() => go('/imports/new')}>
            {t('imports.new')}
          </Button>
        ) : undefined
      }
    >
      <Panel padding="none">
        <QueryView
          query={query}
          skeleton={<SkeletonGrid rows={5} columns={4} />}
          empty={(data) => data.pages[0]?.items.length === 0}
          emptyView={
            <EmptyState
              picture="file"
              title={t('imports.none')}
              text={t('imports.noneText')}
              {...(canWrite ? { action: { label: t('imports.new'), to: '/imports/new' } } : {})}
              example={
                canLoadDemo ? <AppLink to="/imports/demo">{t('imports.noneDemo')}</AppLink> : undefined
              }
            />
          }
        >
          {(data) => (
            <ol>
              {data.pages
                .flatMap((page) => page.items)
                .map((batch) => (
                  <BatchRow key={batch.importBatchId} batch={batch} />
                ))}
            </ol>
          )}
        </QueryView>
        <MoreRows query={query} />
      </Panel>
    </Page>
  );
}
