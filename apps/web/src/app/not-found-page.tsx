import { EmptyState } from '../ui/empty-state.js';
import { useCommonWords } from '../ui/words.js';
import styles from './edge-pages.module.css';

export default function NotFoundPage() {
  const t = useCommonWords();
  return (
    <div className={styles['middle']}>
      <EmptyState
        title={t('found.title')}
        text={t('found.text')}
        action={{ label: t('error.home'), to: '/' }}
      />
    </div>
  );
}
