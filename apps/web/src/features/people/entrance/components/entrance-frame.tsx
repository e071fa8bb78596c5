import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { LanguageSwitch } from './language-switch.js';
import styles from './entrance-frame.module.css';
import { Picture } from './entrance-picture.js';
import { Mark } from '../../../../ui/mark.js';
import { useWords } from '../words.js';

/** The page before the frame: what Kezi is for at the left, what to do at the right. */
export function EntranceFrame({ title, children }: { title: string; children: ReactNode }) {
  const t = useWords();
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => sheet.current?.querySelector('input')?.focus(), []);
  useEffect(() => {
    document.title = `${title} · 客资`;
  }, [title]);
  return (
    <div className={styles['entrance']}>
      <aside className={styles['about']}>
        <p className={styles['brand']} translate="no">
          <Mark size={30} />
          <span>{'客资'}</span>
          <span className={styles['latin']}>{'Kezi'}</span>
        </p>
        <div className={styles['pitch']}>
          <Picture />
          <p className={styles['slogan']}>{t('entrance.slogan')}</p>
          <ul className={styles['points']}>
            <li>{t('entrance.point.value')}</li>
            <li>{t('entrance.point.warn')}</li>
            <li>{t('entrance.point.act')}</li>
          </ul>
        </div>
      </aside>
      <main className={styles['main']}>
        <div className={styles['top']}>
          <LanguageSwitch />
        </div>
        <div ref={sheet} className={styles['sheet']}>
          {children}
        </div>
      </main>
    </div>
  );
}
