import { useRouter } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import { SkeletonGrid, SkeletonLines } from '../ui/skeleton.js';
import styles from './edge-pages.module.css';

// Seldom seen, so not in what is loaded first.
const Broken = lazy(() => import('./broken-page.js'));
const NotFound = lazy(() => import('./not-found-page.js'));

/** While a page's program is on its way. */
export function WaitingPage() {
  return (
    <div className={styles['waiting']}>
      <SkeletonLines n={2} />
      <SkeletonGrid rows={10} />
    </div>
  );
}

/** A page that failed: the frame around it stays. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Suspense>
      <Broken error={error} onRetry={retry} />
    </Suspense>
  );
}

export function NotFoundPage() {
  return (
    <Suspense>
      <NotFound />
    </Suspense>
  );
}
