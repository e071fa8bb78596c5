import { segmentTemplateGroups, type Segment } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEvents } from '../../../../lib/events.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink, useGo } from '../../../../lib/navigate.js';
import { segmentsQuery } from '../../../../lib/segments.js';
import { useCan, useSession } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Icon } from '../../../../ui/icon.js';
import list from '../../../../ui/list-table.module.css';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { countQuery, templatesQuery } from '../api/segments.js';
import styles from '../components/segments.module.css';
import { useWords } from '../words.js';

export function prefetch({ client }: PrefetchInput) {
  return Promise.all([client.prefetchQuery(segmentsQuery), client.prefetchQuery(templatesQuery)]);
}

/** One's own segments and those of others, and ways to begin one. */
export default function ListSegments() {
  const t = useWords();
  const go = useGo();
  const query = useQuery(segmentsQuery);
  const canWrite = useCan('segments:write');
  const canCluster = useCan('segments:cluster');
  const seesAll = useSession().scope === 'all';
  useEvents(['segments.changed'], () => void query.refetch());
  return (
    <Page
      title={t('segments.title')}
      subtitle={t('segments.subtitle')}
      actions={
        <>
          <Button onClick={() => go('/grading/segments/rfm')}>{t('segments.rfm')}</Button>
          {canCluster && seesAll ? (
            <Button onClick={() => go('/grading/segments/clusters')}>{t('segments.clusters')}</Button>
          ) : null}
          {canWrite ? (
            <Button
              type="primary"
              icon={<Icon name="plus" size={16} />}
              onClick={() => go('/grading/segments/new')}
            >
              {t('segments.new')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={styles['stack']}>
        <Panel padding="none">
          <QueryView
            query={query}
            skeleton={<SkeletonGrid rows={5} columns={5} />}
            empty={({ items }) => items.length === 0}
            emptyView={
              <EmptyState picture="people" title={t('segments.none')} text={t('segments.noneText')} />
            }
          >
            {({ items }) => <Segments items={items} />}
          </QueryView>
        </Panel>
        {/* Below what is not there yet they would jump. */}
        {canWrite && !query.isPending ? <Templates /> : null}
      </div>
    </Page>
  );
}

function Segments({ items }: { items: readonly Segment[] }) {
  const t = useWords();
  return (
    <div className={list['scroll']}>
      <table className={`${list['table']} ${list['cards']}`} aria-label={t('segments.title')}>
        <thead>
          <tr>
            <th scope="col">{t('segments.name')}</th>
            <th scope="col">{t('segments.kind')}</th>
            <th scope="col" data-align="end">
              {t('segments.customers')}
            </th>
            <th scope="col" data-align="end">
              {t('segments.value')}
            </th>
            <th scope="col">{t('segments.madeBy')}</th>
            <th scope="col">{t('segments.show')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <SegmentLine key={item.segmentId} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SegmentLine({ item }: { item: Segment }) {
  const t = useWords();
  const f = useFormats();
  const count = useQuery({ ...countQuery(item.segmentId), enabled: item.isUsable }).data;
  const clv = count?.clv ?? null;
  const shared = item.isShared ? ` · ${t('segments.shared')}` : '';
  return (
    <tr>
      <td title={item.note ?? ''}>
        <AppLink to={`/grading/segments/${item.segmentId}`}>{item.name}</AppLink>
      </td>
      <td data-name={t('segments.kind')}>
        <Tag tone={item.kind === 'dynamic' ? 'accent' : 'neutral'}>
          {item.frozenOn === null
            ? t('segments.dynamic')
            : t('segments.frozenOn', { date: f.date(item.frozenOn) })}
        </Tag>
      </td>
      <td data-name={t('segments.customers')} data-align="end">
        {count === undefined ? '–' : f.count(count.customers)}
      </td>
      <td data-name={t('segments.value')} data-align="end">
        {clv === null ? '–' : f.valueShort(clv)}
      </td>
      <td
        data-name={t('segments.madeBy')}
      >{`${item.isMine ? t('segments.mine') : (item.createdByName ?? '')}${shared}`}</td>
      <td>
        {item.isUsable ? (
          <AppLink to={`/customers?segmentId=${item.segmentId}`}>{t('segments.showMembers')}</AppLink>
        ) : (
          <span className={styles['note']}>{t('segments.notUsable')}</span>
        )}
      </td>
    </tr>
  );
}

/** Ready-made segments: a press opens one in the builder. */
function Templates() {
  const t = useWords();
  const go = useGo();
  const items = useQuery(templatesQuery).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t('segments.templates')} hint={t('segments.templatesHint')}>
      <div className={styles['stack']}>
        {segmentTemplateGroups.map((group) => {
          const own = items.filter((item) => item.group === group);
          if (own.length === 0) return null;
          return (
            <section key={group} aria-label={t(`segments.group.${group}`)} className={styles['stack']}>
              <h3 className={styles['note']}>{t(`segments.group.${group}`)}</h3>
              <div className={styles['choices']}>
                {own.map(({ templateId, name, note }) => (
                  <button
                    key={templateId}
                    type="button"
                    className={styles['choice']}
                    onClick={() => go(`/grading/segments/new?template=${templateId}`)}
                  >
                    <strong>{name}</strong>
                    <span className={styles['note']}>{note}</span>
                  </button>
                ))}
              </div>
            </section>
          );
        })}
      </div>
    </Panel>
  );
}
