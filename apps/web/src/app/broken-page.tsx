import { Button } from 'antd';
import { ApiError } from '../lib/api-error.js';
import { EmptyState } from '../ui/empty-state.js';
import { ErrorState } from '../ui/error-state.js';
import { useCommonWords } from '../ui/words.js';
import styles from './edge-pages.module.css';

export default function BrokenPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useCommonWords();
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
