import { Outlet } from '@tanstack/react-router';
import { Suspense, lazy, useEffect, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { ConfirmProvider } from '../ui/confirm.js';
import { Icon } from '../ui/icon.js';
import { orStaleNote } from '../ui/stale-note.js';
import { ToastProvider } from '../ui/toast.js';
import { CustomerBeside } from './customer-beside.js';
import styles from './frame.module.css';
import { PlaceTabs } from './place-tabs.js';
import { Rail } from './rail.js';
import { TopBar } from './top-bar.js';
import { useKeys } from './use-keys.js';
import { useWords } from './words.js';

/** Milliseconds after the first page when nothing else is wanted: then Ctrl-K opens without a wait that would lose keys. */
const idleMs = 2000;
const KeyHelp = lazy(() => orStaleNote(() => import('./key-help.js')));

type PaletteComponent = (props: { onClose: () => void }) => ReactNode;

/** The palette, held ready rather than suspended for: React would keep it back for a moment, and the first keys would be lost. */
function usePalette(wanted: boolean): PaletteComponent | null {
  const [Palette, setPalette] = useState<PaletteComponent | null>(null);
  useEffect(() => {
    const load = async () => {
      const module = await import('./palette.js');
      setPalette(() => module.default);
    };
    const timer = setTimeout(() => void load(), wanted ? 0 : idleMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  return Palette;
}

/** Rail, top bar and page. */
export function Frame() {
  const t = useWords();
  const [window_, setWindow] = useState<'palette' | 'keys' | null>(null);
  const close = () => setWindow(null);
  const Palette = usePalette(window_ === 'palette');
  useKeys({ onPalette: () => setWindow('palette'), onHelp: () => setWindow('keys') });
  return (
    <ToastProvider>
      <ConfirmProvider>
        <div className={styles['frame']}>
          <a className={styles['skip']} href="#content">
            {t('app.skip')}
          </a>
          <Rail />
          <TopBar onSearch={() => setWindow('palette')} onKeys={() => setWindow('keys')} />
          <main id="content" className={styles['main']} tabIndex={-1}>
            <Offline />
            <PlaceTabs />
            <div className={styles['body']}>
              <Outlet />
            </div>
          </main>
          <CustomerBeside />
          <Suspense>
            {/* oxlint-disable-next-line react/static-components -- it is kept in state, the same at every render */}
            {window_ === 'palette' && Palette ? <Palette onClose={close} /> : null}
            {window_ === 'keys' ? <KeyHelp onClose={close} /> : null}
          </Suspense>
        </div>
      </ConfirmProvider>
    </ToastProvider>
  );
}

function onNetwork(listener: () => void) {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

function Offline() {
  const t = useWords();
  const online = useSyncExternalStore(onNetwork, () => navigator.onLine);
  useEffect(() => {
    document.documentElement.dataset['online'] = String(online);
  }, [online]);
  if (online) return null;
  return (
    <div className={styles['offline']} role="status">
      <Icon name="warning" />
      {t('app.offline')}
    </div>
  );
}
