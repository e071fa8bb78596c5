import type { TestResult } from '@kezi/contract';
import { messageOf } from '@kezi/contract/errors';
import type { ErrorCode } from '@kezi/contract/errors';
import { usePreferences } from '../../../../lib/preferences.js';
import { Tag } from '../../../../ui/tag.js';
import { useWords } from '../words.js';
import styles from './delivery.module.css';

/** Sentences that name a host, for attempts of which only the code is kept. */
const withoutHost = {
  'outbound.unreachable': 'delivery.failure.unreachable',
  'outbound.name_unknown': 'delivery.failure.name_unknown',
  'outbound.address_refused': 'delivery.failure.address_refused',
} as const;

/** What a code of a failed attempt means, in the reader's language. */
export function useFailure(): (code: string) => string {
  const t = useWords();
  const { language } = usePreferences();
  return (code) => {
    const own = withoutHost[code as keyof typeof withoutHost];
    return own === undefined ? messageOf(code as ErrorCode, { id: '' }, language) : t(own);
  };
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
