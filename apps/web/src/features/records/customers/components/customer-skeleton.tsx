import { SkeletonChart, SkeletonLines, SkeletonMetrics } from '../../../../ui/skeleton.js';
import styles from './customer-view.module.css';

/** A customer on the way: figures, the picture of orders, words. */
export function CustomerSkeleton() {
  return (
    <div className={styles['stack']}>
      <SkeletonMetrics n={4} />
      <SkeletonChart height={200} />
      <SkeletonLines n={5} />
    </div>
  );
}
