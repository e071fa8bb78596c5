import { useCan } from '../../../../lib/session.js';
import { Page } from '../../../../ui/page.js';
import styles from '../components/delivery.module.css';
import { MailPanel } from '../components/mail-panel.js';
import { RobotsPanel } from '../components/robots-panel.js';
import { WebhooksPanel } from '../components/webhooks-panel.js';
import { useWords } from '../words.js';

export default function Outbound() {
  const t = useWords();
  const isAdministrator = useCan('outbound:read');
  return (
    <Page title={t('delivery.title')} subtitle={t('delivery.hint')} width="reading">
      <div className={styles['stack']}>
        {isAdministrator ? <MailPanel /> : null}
        <RobotsPanel />
        <WebhooksPanel />
      </div>
    </Page>
  );
}
