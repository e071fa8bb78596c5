import type { PrefetchInput } from '../../../../lib/feature.js';
import { useCan } from '../../../../lib/session.js';
import { later } from '../../../../ui/later.js';
import { Page } from '../../../../ui/page.js';
import { SkeletonChart } from '../../../../ui/skeleton.js';
import { robotsQuery, webhooksQuery } from '../api/delivery.js';
import styles from '../components/delivery.module.css';
import { RobotsPanel } from '../components/robots-panel.js';
import { WebhooksPanel } from '../components/webhooks-panel.js';
import { useWords } from '../words.js';

const mailPanel = later(() => import('../components/mail-panel.js'));

export function prefetch({ client }: PrefetchInput) {
  return Promise.all([client.prefetchQuery(robotsQuery), client.prefetchQuery(webhooksQuery)]);
}

export default function Outbound() {
  const t = useWords();
  const isAdministrator = useCan('outbound:read');
  return (
    <Page title={t('delivery.title')} subtitle={t('delivery.hint')} width="reading">
      <div className={styles['stack']}>
        {isAdministrator ? <mailPanel.Part waiting={<SkeletonChart height={560} />} /> : null}
        <RobotsPanel />
        <WebhooksPanel />
      </div>
    </Page>
  );
}
