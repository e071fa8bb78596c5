import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useGo } from '../lib/navigate.js';
import styles from './states.module.css';
import { Picture } from './picture.js';
import type { PictureName } from './picture.js';

interface EmptyStateProps {
  picture?: PictureName;
  title: string;
  /** What this is for. */
  text?: ReactNode;
  /** The one button to begin with. */
  action?: { label: string; onClick?: () => void; to?: string };
  /** A link or a line that shows how it will look. */
  example?: ReactNode;
}

/** Nothing here yet: what it is for and how to begin. */
export function EmptyState({ picture = 'search', title, text, action, example }: EmptyStateProps) {
  const go = useGo();
  const begin = () => {
    action?.onClick?.();
    if (action?.to !== undefined) go(action.to);
  };
  return (
    <div className={styles['state']}>
      <Picture name={picture} />
      <h2 className={styles['title']}>{title}</h2>
      {text === undefined ? null : <p className={styles['text']}>{text}</p>}
      {action === undefined ? null : (
        <Button type="primary" onClick={begin}>
          {action.label}
        </Button>
      )}
      {example === undefined ? null : <div className={styles['example']}>{example}</div>}
    </div>
  );
}
