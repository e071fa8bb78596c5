import { Button } from 'antd';
import { ApiError } from '../lib/api-error.js';
import { EmptyState } from '../ui/empty-state.js';
import { ErrorState } from '../ui/error-state.js';
import { useCommonWords } from '../ui/words.js';
import styles from './edge-pages.module.css';

/** A file of the program that is gone: a newer version was installed while this page was open. */
const isStale = (error: unknown) =>
  error instanceof Error &&
  /dynamically imported module|Importing a module script failed/i.test(error.message);

export default function BrokenPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useCommonWords();
  const reload = () => window.location.reload();
  if (isStale(error)) {
    return (
      <div className={styles['middle']}>
        <EmptyState title={t('error.stale')} action={{ label: t('error.reload'), onClick: reload }} />
      </div>
    );
  }
  if (error instanceof ApiError) {
    return (
      <div className={styles['middle']}>
        <ErrorState error={error} onRetry={onRetry} />
      </div>
    );
  }
  return (
    <div className={styles['middle']}>
      <EmptyState
        picture="broken"
        title={t('error.title')}
        text={t('error.page')}
        action={{ label: t('common.retry'), onClick: onRetry }}
        example={
          <>
            <Button type="link" href="/">
              {t('error.home')}
            </Button>
            <p>
              <code>{error instanceof Error ? error.message : String(error)}</code>
            </p>
          </>
        }
      />
    </div>
  );
}
