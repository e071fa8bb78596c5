import { useCan } from '../../../../lib/session.js';
import { Page } from '../../../../ui/page.js';
import { OpenSessions } from '../components/open-sessions.js';
import { SecondFactor } from '../components/second-factor.js';
import styles from '../components/security.module.css';
import { SignInRules } from '../components/sign-in-rules.js';
import { useWords } from '../words.js';

export default function Security() {
  const t = useWords();
  const mayRule = useCan('settings:write');
  return (
    <Page title={t('security.title')} subtitle={t('security.hint')} width="reading">
      <div className={styles['stack']}>
        <SecondFactor />
        <OpenSessions />
        {mayRule ? <SignInRules /> : null}
      </div>
    </Page>
  );
}
