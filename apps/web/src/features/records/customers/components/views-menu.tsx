import type { SavedView } from '@kezi/contract';
import { useState } from 'react';
import { useCan } from '../../../../lib/session.js';
import { Icon } from '../../../../ui/icon.js';
import { MenuButton, type MenuGroup } from '../../../../ui/menu-button.js';
import { useWords } from '../words.js';
import { viewsDialogs } from './register-parts.js';
import type { Views } from './use-views.js';
import styles from './views.module.css';

/** Saved views: choose one, keep what is shown as one, look after them. */
export function ViewsMenu({ views, onReset }: { views: Views; onReset: () => void }) {
  const t = useWords();
  const canWrite = useCan('views:write');
  const [dialog, setDialog] = useState<'new' | 'manage' | null>(null);
  const { current, isChanged, isGone } = views;
  const item = (view: SavedView) => ({
    id: String(view.savedViewId),
    label: view.name,
    chosen: view.savedViewId === current?.savedViewId,
    onChoose: () => views.show(view),
  });
  const mine = views.views.filter((view) => view.isMine);
  const shared = views.views.filter((view) => !view.isMine);
  const groups: MenuGroup[] = [
    {
      id: 'all',
      items: [
        {
          id: 'all',
          label: t('customers.view.all'),
          chosen: current === undefined && !isGone,
          onChoose: onReset,
        },
      ],
    },
    ...(mine.length > 0 ? [{ id: 'mine', title: t('customers.view.mine'), items: mine.map(item) }] : []),
    ...(shared.length > 0
      ? [{ id: 'shared', title: t('customers.view.shared'), items: shared.map(item) }]
      : []),
  ];
  if (canWrite) {
    groups.push({
      id: 'do',
      items: [
        ...(current?.isMine && isChanged
          ? [
              {
                id: 'update',
                icon: 'check' as const,
                label: t('customers.view.update', { name: current.name }),
                onChoose: () => views.update(current),
              },
            ]
          : []),
        { id: 'new', icon: 'plus', label: t('customers.view.new'), onChoose: () => setDialog('new') },
        ...(views.views.length > 0
          ? [
              {
                id: 'manage',
                icon: 'settings' as const,
                label: t('customers.view.manage'),
                onChoose: () => setDialog('manage'),
              },
            ]
          : []),
      ],
    });
  }
  return (
    <>
      <MenuButton label={t('customers.views')} groups={groups} className={styles['button'] ?? ''}>
        <Icon name="table" size={16} />
        <span className={styles['chosen']}>
          {current?.name ?? t(isGone ? 'customers.view.gone' : 'customers.view.all')}
        </span>
        {isChanged ? <span className={styles['changed']}>{t('customers.view.changed')}</span> : null}
        <Icon name="down" size={14} />
      </MenuButton>
      {dialog === null ? null : (
        <viewsDialogs.Part key={dialog} which={dialog} views={views} onClose={() => setDialog(null)} />
      )}
    </>
  );
}
