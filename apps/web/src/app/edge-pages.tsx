import { useRouter } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from 'antd';
import { Suspense, lazy, useEffect, useState } from 'react';
import { isStaleBuild, mayReloadForBuild, reloadForBuild } from '../lib/stale-build.js';
import { SkeletonGrid, SkeletonLines } from '../ui/skeleton.js';
import { useCommonWords } from '../ui/words.js';
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

/** A page whose file a newer build has replaced is loaded anew at once; where that did not help, the reader may try. */
function StalePage() {
  const t = useCommonWords();
  const [helps] = useState(() => mayReloadForBuild(Date.now()));
  useEffect(() => {
    if (helps) reloadForBuild(Date.now());
  }, [helps]);
  if (helps) return <WaitingPage />;
  return (
    <div className={styles['middle']}>
      <h2>{t('error.stale')}</h2>
      <Button type="primary" onClick={() => window.location.reload()}>
        {t('error.reload')}
      </Button>
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
  if (isStaleBuild(error)) return <StalePage />;
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
