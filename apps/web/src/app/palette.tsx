import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useGo } from '../lib/navigate.js';
import { usePreferences } from '../lib/preferences.js';
import { useMaybeSession } from '../lib/session.js';
import { loadWords, useAnyWord } from '../lib/words.js';
import { useOpenBeside } from '../ui/customer-link.js';
import { Icon } from '../ui/icon.js';
import { useFoundRecords } from './find-records.js';
import { features } from './features.js';
import { matchItems, paletteItems } from './palette-items.js';
import type { PaletteItem } from './palette-items.js';
import styles from './palette.module.css';
import { switchLanguage, switchTheme } from './reader-actions.js';
import { useWords } from './words.js';

interface Line {
  id: string;
  title: string;
  note?: string | undefined;
  choose: () => void;
}

/** All locale files, for the names of pages not yet opened. */
function useAllWords() {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    void Promise.all(features.map((feature) => loadWords(feature.id, feature.words))).then(() =>
      setReady(true),
    );
  }, []);
  return ready;
}

function useSettingsItems(): PaletteItem[] {
  const t = useWords();
  const { language, theme } = usePreferences();
  const nextTheme = theme === 'dark' ? 'light' : 'dark';
  const other =
    language === 'zh-CN'
      ? { id: 'en-US' as const, name: 'English' }
      : { id: 'zh-CN' as const, name: '简体中文' };
  return [
    {
      id: 'theme',
      group: 'settings',
      title: `${t('app.theme')} › ${t(`app.theme.${nextTheme}`)}`,
      keywords: 'waiguan wg theme dark light',
      run: () => void switchTheme(nextTheme),
    },
    {
      id: 'language',
      group: 'settings',
      title: `${t('app.language')} › ${other.name}`,
      keywords: 'yuyan yy language english zhongwen chinese',
      run: () => void switchLanguage(other.id),
    },
  ];
}

/** Ctrl-K: pages, commands and records in one list; arrows and Enter. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const say = useAnyWord();
  const go = useGo();
  const openBeside = useOpenBeside();
  const session = useMaybeSession();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const ready = useAllWords();
  const settings = useSettingsItems();
  const records = useFoundRecords(typed);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector('input')?.focus();
  }, []);

  const items = useMemo(() => (ready ? paletteItems(features, session, say) : []), [ready, session, say]);
  const matched = matchItems([...items, ...settings], typed);
  const chooseItem = (item: PaletteItem) => () => {
    onClose();
    if (item.path !== undefined) go(item.path);
    item.run?.();
  };
  const groups: { id: string; title: string; lines: Line[] }[] = [
    ...records.groups.map((group) => ({
      id: group.id,
      title: say(group.label),
      lines: group.records.map((record) => ({
        id: `${group.id} ${record.id}`,
        title: record.title,
        note: record.note,
        choose: () => {
          onClose();
          openBeside(record.path);
        },
      })),
    })),
    ...(['pages', 'commands', 'settings'] as const).map((id) => ({
      id,
      title: t(`palette.${id}`),
      lines: matched
        .filter((item) => item.group === id)
        .map((item): Line => ({
          id: `${id} ${item.id}`,
          title: item.title,
          note: item.note,
          choose: chooseItem(item),
        })),
    })),
  ].filter((group) => group.lines.length > 0);
  const lines = groups.flatMap((group) => group.lines);
  const current = lines[Math.min(at, lines.length - 1)];

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((Math.min(at, lines.length - 1) + step + lines.length) % Math.max(lines.length, 1));
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) current?.choose();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Esc closes a dialog by itself
    <dialog
      ref={dialog}
      className={styles['palette']}
      aria-label={t('palette.title')}
      onClose={onClose}
      onClick={(event) => (event.target === dialog.current ? onClose() : undefined)}
    >
      <div className={styles['sheet']}>
        <div className={styles['entry']}>
          <Icon name="search" size={20} />
          <input
            value={typed}
            placeholder={t('palette.placeholder')}
            aria-label={t('palette.title')}
            role="combobox"
            aria-expanded
            aria-controls={listId}
            aria-activedescendant={current ? `${listId}-${current.id}` : undefined}
            onChange={(event) => {
              setTyped(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div id={listId} role="listbox" aria-label={t('palette.title')} className={styles['list']}>
          {groups.map((group) => (
            <div key={group.id} role="group" aria-label={group.title}>
              <div className={styles['group']}>{group.title}</div>
              {group.lines.map((line) => (
                <PaletteLine
                  key={line.id}
                  id={`${listId}-${line.id}`}
                  line={line}
                  current={line === current}
                />
              ))}
            </div>
          ))}
          {lines.length === 0 && typed !== '' && records.isDone ? (
            <p className={styles['nothing']}>{t('palette.nothing', { text: typed })}</p>
          ) : null}
        </div>
        <footer className={styles['foot']} aria-hidden="true">
          <span>
            <kbd>{'↑'}</kbd> <kbd>{'↓'}</kbd> {t('palette.hint_move')}
          </span>
          <span>
            <kbd>{'↵'}</kbd> {t('palette.hint_open')}
          </span>
          <span>
            <kbd>{'Esc'}</kbd> {t('palette.hint_close')}
          </span>
        </footer>
      </div>
    </dialog>
  );
}

function PaletteLine({ id, line, current }: { id: string; line: Line; current: boolean }) {
  const element = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (current) element.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <button
      ref={element}
      id={id}
      type="button"
      role="option"
      aria-selected={current}
      tabIndex={-1}
      className={styles['line']}
      onClick={line.choose}
    >
      <span>{line.title}</span>
      {line.note === undefined ? null : <span className={styles['note']}>{line.note}</span>}
    </button>
  );
}
