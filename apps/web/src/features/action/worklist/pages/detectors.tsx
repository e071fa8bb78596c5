import { useQuery } from '@tanstack/react-query';
import { useEvents } from '../../../../lib/events.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { detectorsQuery } from '../api/warnings.js';
import { DetectorCard } from '../components/detector-card.js';
import styles from '../components/worklist.module.css';
import { useWords } from '../words.js';

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchQuery(detectorsQuery);
}

/** What is watched, how well it did, and the switches. */
export default function Detectors() {
  const t = useWords();
  const query = useQuery(detectorsQuery);
  useEvents(['warning.changed'], () => void query.refetch());
  return (
    <Page title={t('alerts.detectors')} subtitle={t('alerts.detectorsHint')}>
      <Panel padding="none">
        <QueryView query={query} skeleton={<SkeletonGrid rows={6} columns={4} />}>
          {({ items }) => (
            <ol className={styles['list']}>
              {items.map((detector) => (
                <DetectorCard key={detector.detectorId} detector={detector} />
              ))}
            </ol>
          )}
        </QueryView>
      </Panel>
    </Page>
  );
}
