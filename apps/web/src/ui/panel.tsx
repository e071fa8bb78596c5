import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './panel.module.css';

interface PanelProps {
  title?: ReactNode;
  /** One quiet sentence below the title. */
  hint?: ReactNode;
  /** Buttons, a link, a legend at the right of the title. */
  extra?: ReactNode;
  padding?: 'normal' | 'none';
  footer?: ReactNode;
  className?: string;
  children?: ReactNode;
}

/** A sheet on the page. */
export function Panel({ title, hint, extra, padding = 'normal', footer, className, children }: PanelProps) {
  const id = useId();
  const hasHead = title !== undefined || extra !== undefined;
  return (
    <section
      className={`${styles['panel']} ${className ?? ''}`}
      aria-labelledby={title === undefined ? undefined : id}
    >
      {hasHead ? (
        <header className={styles['head']} data-over={padding === 'none' ? 'bare' : undefined}>
          <div className={styles['titles']}>
            {title === undefined ? null : (
              <h2 id={id} className={styles['title']}>
                {title}
              </h2>
            )}
            {hint === undefined ? null : <p className={styles['hint']}>{hint}</p>}
          </div>
          {extra === undefined ? null : <div className={styles['extra']}>{extra}</div>}
        </header>
      ) : null}
      <div className={padding === 'none' ? styles['bare'] : styles['body']}>{children}</div>
      {footer === undefined ? null : <footer className={styles['footer']}>{footer}</footer>}
    </section>
  );
}
