import { Button } from 'antd';
import { isStaleBuild } from '../lib/stale-build.js';
import styles from './stale-note.module.css';
import { useCommonWords } from './words.js';

/** In the place of a part whose file a newer build has replaced: the page around it stays, with what was typed on it. */
export function StaleNote() {
  const t = useCommonWords();
  return (
    <div role="alert" className={styles['note']}>
      <span>{t('error.staleHere')}</span>
      <Button type="primary" onClick={() => window.location.reload()}>
        {t('error.reload')}
      </Button>
    </div>
  );
}

/** What React.lazy loads, or the note when its file is gone; any other failure is thrown on. */
export async function orStaleNote<Module>(
  load: () => Promise<Module>,
): Promise<Module | { default: typeof StaleNote }> {
  try {
    return await load();
  } catch (error) {
    if (isStaleBuild(error)) return { default: StaleNote };
    throw error;
  }
}
