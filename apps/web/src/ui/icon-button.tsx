import type { ButtonHTMLAttributes } from 'react';
import { Icon } from './icon.js';
import type { IconName } from './icon.js';
import styles from './icon-button.module.css';

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: IconName;
  /** What it does; said and shown on hover. */
  label: string;
}

/** A small quiet button with a picture. */
export function IconButton({ icon, label, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    // oxlint-disable-next-line react/button-has-type -- the default is `button`
    <button
      {...rest}
      type={type}
      className={`${styles['button']} ${className ?? ''}`}
      aria-label={label}
      title={label}
    >
      <Icon name={icon} />
    </button>
  );
}
