import type { TestResult } from '@kezi/contract';
import { messageOf } from '@kezi/contract/errors';
import type { ErrorCode } from '@kezi/contract/errors';
import { usePreferences } from '../../../../lib/preferences.js';
import { Tag } from '../../../../ui/tag.js';
import { useWords } from '../words.js';
import styles from './delivery.module.css';

/** What a code of a failed attempt means, in the reader's language. */
export function useFailure(): (code: string) => string {
  const { language } = usePreferences();
  return (code) => messageOf(code as ErrorCode, { host: '', id: '' }, language);
}

/** What came of a test. */
export function TestNote({ result }: { result: TestResult | undefined }) {
  const t = useWords();
  const failure = useFailure();
  if (result === undefined) return null;
  const { ok, status, error, answer, milliseconds } = result;
  return (
    <div role="status">
      <Tag tone={ok ? 'good' : 'bad'}>{t(ok ? 'delivery.test_ok' : 'delivery.test_failed')}</Tag>
      <p className={styles['faint']}>
        {[
          ...(error === null ? [] : [failure(error)]),
          ...(status === null ? [] : [t('delivery.status', { status })]),
          t('delivery.took', { ms: milliseconds }),
        ].join(' · ')}
      </p>
      {answer === '' ? null : <code className={styles['faint']}>{answer.slice(0, 200)}</code>}
    </div>
  );
}
