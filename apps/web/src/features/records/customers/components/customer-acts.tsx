import { Button } from 'antd';
import { useState } from 'react';
import { AppLink } from '../../../../lib/navigate.js';
import { can, useMaybeSession } from '../../../../lib/session.js';
import { useAnyWord } from '../../../../lib/words.js';
import { customerActs } from '../../../../ui/customer-parts.js';
import styles from './customer-view.module.css';

/** What one does next with the customer: buttons that other features bring. */
export function CustomerActs({ customerId }: { customerId: number }) {
  const word = useAnyWord();
  const session = useMaybeSession();
  const [openId, setOpenId] = useState<string | null>(null);
  const acts = customerActs().filter(({ permission }) => can(session, permission));
  const dialog = acts.find(({ id }) => id === openId)?.dialog;
  return (
    <div className={styles['acts']}>
      {acts.map(({ id, label, path, ...act }) =>
        path === undefined ? (
          <Button
            key={id}
            onPointerEnter={act.dialog?.prepare}
            onFocus={act.dialog?.prepare}
            onClick={() => setOpenId(id)}
          >
            {word(label)}
          </Button>
        ) : (
          <AppLink key={id} to={path.replace('$customerId', String(customerId))}>
            {word(label)}
          </AppLink>
        ),
      )}
      {dialog === undefined ? null : <dialog.Part customerId={customerId} onClose={() => setOpenId(null)} />}
    </div>
  );
}
