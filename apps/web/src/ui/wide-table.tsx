import { useEffect, useRef, useState, type ReactNode } from 'react';
import styles from './wide-table.module.css';
import { useCommonWords } from './words.js';

interface Edges {
  /** It does not fit its frame. */
  isWide: boolean;
  /** Something is still cut off at the right. */
  hasMore: boolean;
}

const fits: Edges = { isWide: false, hasMore: false };

const edgesOf = (one: Element): Edges => ({
  isWide: one.scrollWidth > one.clientWidth + 1,
  hasMore: one.scrollLeft + one.clientWidth < one.scrollWidth - 1,
});

/**
 * The frame of a table that is read across and down, as cohorts are: where it is too narrow it scrolls inside, its first
 * column stays in sight, and it says that there is more.
 */
export function WideTable({ label, children }: { label: string; children: ReactNode }) {
  const t = useCommonWords();
  const frame = useRef<HTMLElement>(null);
  const [edges, setEdges] = useState(fits);
  useEffect(() => {
    const one = frame.current;
    if (!one) return;
    const observer = new ResizeObserver(() => setEdges(edgesOf(one)));
    observer.observe(one);
    if (one.firstElementChild) observer.observe(one.firstElementChild);
    return () => observer.disconnect();
  }, []);
  return (
    <>
      {edges.isWide ? <p className={styles['hint']}>{t('common.scrollSideways')}</p> : null}
      <div className={styles['frame']} data-more={edges.hasMore}>
        <section
          ref={frame}
          className={styles['scroll']}
          aria-label={label}
          onScroll={({ currentTarget }) => setEdges(edgesOf(currentTarget))}
        >
          {children}
        </section>
      </div>
    </>
  );
}
