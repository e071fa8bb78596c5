import { createContext, useContext, useEffect } from 'react';
import type { ReactNode } from 'react';
import { AppLink } from '../lib/navigate.js';
import { useShowAsOf } from './as-of.js';
import { Icon } from './icon.js';
import styles from './page.module.css';
import { useCommonWords } from './words.js';

interface PageProps {
  title: string;
  subtitle?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** The day for which the figures on the page are true. */
  asOf?: string | undefined;
  /** Where the arrow before the title leads. */
  back?: string;
  tabs?: ReactNode;
  /** `reading` is as wide as a text is read well; `fill` gives the content the height of the window (grids). */
  width?: 'wide' | 'reading' | 'fill';
  children?: ReactNode;
}

const WayBack = createContext<string | undefined>(undefined);

/** Where the page's back arrow leads; undefined where it has none. */
export const useWayBack = () => useContext(WayBack);

/** The body of every page: title, actions, content, and the window's title. */
export function Page({ title, subtitle, actions, asOf, back, tabs, width = 'wide', children }: PageProps) {
  const t = useCommonWords();
  useShowAsOf(asOf);
  useEffect(() => {
    document.title = `${title} · 客资`;
  }, [title]);
  return (
    <div className={`${styles['page']} ${styles[width]}`}>
      <header className={styles['header']}>
        {back === undefined ? null : (
          <AppLink to={back} className={styles['back'] ?? ''} aria-label={t('common.back')}>
            <Icon name="left" />
          </AppLink>
        )}
        <div className={styles['titles']}>
          <h1 className={styles['title']}>{title}</h1>
          {subtitle === undefined ? null : <p className={styles['subtitle']}>{subtitle}</p>}
        </div>
        {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
      </header>
      {tabs}
      <div className={styles['content']}>
        <WayBack value={back}>{children}</WayBack>
      </div>
    </div>
  );
}
