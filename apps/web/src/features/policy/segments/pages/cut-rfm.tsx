import type { RfmCuts, RfmGrid } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { useGo } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { DataBar } from '../../../../ui/data-bar.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import list from '../../../../ui/list-table.module.css';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentBadge } from '../../../../ui/segment-badge.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { rfmQuery, useCreateSegment } from '../api/segments.js';
import { CutsFields } from '../components/condition-editor.js';
import styles from '../components/segments.module.css';
import { useWords } from '../words.js';

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchQuery(rfmQuery(undefined));
}

/** The eight groups of RFM by cuts of one's own: how many are in each, what they are worth; each can be kept as a segment. */
export default function CutRfm() {
  const t = useWords();
  const [cuts, setCuts] = useState<RfmCuts | undefined>();
  const query = useQuery(rfmQuery(cuts));
  return (
    <Page title={t('segments.rfm')} subtitle={t('segments.rfmHint')} back="/grading/segments">
      <QueryView
        query={query}
        skeleton={<SkeletonGrid rows={8} columns={4} />}
        empty={({ groups }) => groups.every(({ customers }) => customers === 0)}
        emptyView={
          <EmptyState picture="chart" title={t('segments.rfmNone')} text={t('segments.rfmNoneText')} />
        }
      >
        {(grid) => (
          <div className={styles['stack']}>
            <Panel title={t('segments.cuts')} hint={t('segments.cutsHint')}>
              <div className={styles['row']}>
                <CutsFields cuts={cuts ?? grid.cuts} disabled={false} onChange={setCuts} />
                <Button type="text" onClick={() => setCuts(undefined)}>
                  {t('segments.middles')}
                </Button>
              </div>
            </Panel>
            <Panel padding="none">
              <Groups grid={grid} />
            </Panel>
          </div>
        )}
      </QueryView>
    </Page>
  );
}

function Groups({ grid }: { grid: RfmGrid }) {
  const t = useWords();
  const c = useCommonWords();
  const f = useFormats();
  const go = useGo();
  const toast = useToast();
  const canWrite = useCan('segments:write');
  const create = useCreateSegment();
  const most = Math.max(...grid.groups.map(({ clv }) => clv ?? 0), 1);
  const keep = (group: RfmGrid['groups'][number]['group']) =>
    create.mutate(
      {
        name: t('segments.rfmName', { group: c(`segment.${group}`), days: grid.cuts.recencyDays }),
        kind: 'dynamic',
        isShared: false,
        rule: {
          match: 'all',
          not: false,
          items: [{ field: 'rfm', is: 'in', values: [group], cuts: grid.cuts }],
        },
      },
      {
        onSuccess: (kept) => go(`/grading/segments/${kept.segmentId}`),
        onError: (error) => toast.failed(error),
      },
    );
  return (
    <div className={list['scroll']}>
      <table className={`${list['table']} ${list['cards']}`} aria-label={t('segments.rfm')}>
        <thead>
          <tr>
            <th scope="col">{t('segments.group')}</th>
            <th scope="col">{t('segments.who')}</th>
            <th scope="col" data-align="end">
              {t('segments.customers')}
            </th>
            <th scope="col">{t('segments.value')}</th>
            <th scope="col">{t('segments.keep')}</th>
          </tr>
        </thead>
        <tbody>
          {grid.groups.map(({ group, customers, clv }) => (
            <tr key={group}>
              <td>
                <SegmentBadge segment={group} />
              </td>
              <td>{t(`segments.rfmWho.${group}`)}</td>
              <td data-align="end" data-name={t('segments.customers')}>
                {f.count(customers)}
              </td>
              <td data-name={t('segments.value')}>
                <DataBar value={clv ?? 0} max={most}>
                  {clv === null ? '–' : f.valueShort(clv)}
                </DataBar>
              </td>
              <td>
                {canWrite ? (
                  <Button size="small" disabled={create.isPending} onClick={() => keep(group)}>
                    {t('segments.keepAs')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
