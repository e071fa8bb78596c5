import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Icon } from './icon.js';
import type { IconName } from './icon.js';
import styles from './menu-button.module.css';

export interface MenuItem {
  id: string;
  label: ReactNode;
  icon?: IconName;
  /** Ticked: the one in force of several. */
  chosen?: boolean;
  danger?: boolean;
  onChoose: () => void;
}

export interface MenuGroup {
  id: string;
  title?: ReactNode;
  items: MenuItem[];
}

interface MenuButtonProps {
  /** Said to those who do not see the button. */
  label: string;
  groups: MenuGroup[];
  /** What stands in the button. */
  children: ReactNode;
  align?: 'start' | 'end';
  className?: string;
  head?: ReactNode;
}

/** A button with a short list below it. Arrow keys move, Esc closes and gives the focus back. */
export function MenuButton({ label, groups, children, align = 'end', className, head }: MenuButtonProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    root.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const at = items.findIndex((item) => item === document.activeElement);
    items[(at + step + items.length) % items.length]?.focus();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the menu inside bubble up to here
    <div ref={root} className={styles['root']} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open ? (
        <div id={id} role="menu" aria-label={label} className={`${styles['menu']} ${styles[align]}`}>
          {head === undefined ? null : (
            <div className={groups.length === 0 ? styles['only'] : styles['head']}>{head}</div>
          )}
          {groups.map((group) => (
            <div key={group.id} role="group" className={styles['group']}>
              {group.title === undefined ? null : <div className={styles['title']}>{group.title}</div>}
              {group.items.map((item) => (
                <button
                  key={item.id}
                  type="button"
                  role={item.chosen === undefined ? 'menuitem' : 'menuitemradio'}
                  {...(item.chosen === undefined ? {} : { 'aria-checked': item.chosen })}
                  className={`${styles['item']} ${item.danger ? styles['danger'] : ''}`}
                  onClick={() => {
                    setOpen(false);
                    button.current?.focus();
                    item.onChoose();
                  }}
                >
                  {item.icon === undefined ? null : <Icon name={item.icon} />}
                  <span className={styles['label']}>{item.label}</span>
                  {item.chosen === true ? <Icon name="check" size={16} /> : null}
                </button>
              ))}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}
