import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import styles from './more-rows.module.css';
import { useCommonWords } from './words.js';

interface MoreRowsProps {
  query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
  /** Says more than 'show more' where the order of the rows is known: earlier ones. */
  label?: string;
}

/** The way to the next page of a list, below its rows; nothing where there is none. */
export function MoreRows({ query, label }: MoreRowsProps) {
  const t = useCommonWords();
  if (!query.hasNextPage) return null;
  return (
    <div className={styles['more']}>
      <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {label ?? t('common.showMore')}
      </Button>
    </div>
  );
}
