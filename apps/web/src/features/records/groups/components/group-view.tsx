import type { CustomerGroup } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { groupQuery } from '../api/groups.js';
import { useWords } from '../words.js';
import { GroupPicture } from './group-picture.js';
import { GroupTotalsPanel } from './group-totals.js';
import { GroupTree } from './group-tree.js';
import styles from './groups.module.css';
import { MoveDialog, type Moving } from './move-dialog.js';

/** The group of a customer: where it stands, what the group is worth, who stands below whom. */
export default function GroupView({ customerId }: { customerId: number }) {
  const t = useWords();
  const mayMove = useCan('customers:write');
  const query = useQuery(groupQuery(customerId));
  const [moving, setMoving] = useState<Moving | null>(null);
  return (
    <>
      <QueryView query={query} skeleton={<SkeletonLines n={8} />}>
        {(group) => {
          const own = {
            customerId,
            name: group.path.at(-1)?.name ?? '',
            fromParentCustomerId: group.parentCustomerId,
          };
          const isAlone = group.path.length === 1 && !group.isHiddenAbove && group.totals.customers === 1;
          // A parent behind a wall cannot be named as the one that was seen: only who sees it moves the customer.
          const isParentHidden = group.isHiddenAbove && group.path.length === 1;
          const start = mayMove && !isParentHidden ? () => setMoving(own) : null;
          if (isAlone) {
            return (
              <Panel>
                <EmptyState
                  title={t('groups.none')}
                  text={t('groups.noneText')}
                  {...(start ? { action: { label: t('groups.chooseParent'), onClick: start } } : {})}
                />
                <History group={group} />
              </Panel>
            );
          }
          return (
            <div className={styles['view']}>
              <PathPanel group={group} onMove={start} />
              <GroupTotalsPanel group={group} />
              {group.totals.customers > 1 ? <GroupPicture customerId={customerId} /> : null}
              <GroupTree group={group} mayMove={mayMove} onMove={setMoving} />
            </div>
          );
        }}
      </QueryView>
      <MoveDialog moving={moving} onClose={() => setMoving(null)} />
    </>
  );
}

function PathPanel({ group, onMove }: { group: CustomerGroup; onMove: (() => void) | null }) {
  const t = useWords();
  return (
    <Panel
      title={t('groups.path')}
      extra={onMove ? <Button onClick={onMove}>{t('groups.move')}</Button> : undefined}
    >
      <ol className={styles['path']}>
        {group.isHiddenAbove ? <li className={styles['faint']}>{t('groups.hiddenAbove')}</li> : null}
        {group.path.map((one, index) => (
          <li key={one.customerId}>
            {index === group.path.length - 1 ? (
              <strong>{one.name}</strong>
            ) : (
              <CustomerLink to={`/customers/${one.customerId}?tab=group`}>{one.name}</CustomerLink>
            )}
          </li>
        ))}
      </ol>
      <History group={group} />
    </Panel>
  );
}

function History({ group }: { group: CustomerGroup }) {
  const t = useWords();
  const f = useFormats();
  if (group.memberships.length === 0) return null;
  return (
    <section className={styles['history']} aria-label={t('groups.history')}>
      <p className={styles['faint']}>{t('groups.history')}</p>
      <ul>
        {group.memberships.map((one) => (
          <li key={`${one.parentCustomerId} ${one.fromOn}`}>
            <span>{one.parentName ?? t('groups.hidden')}</span>{' '}
            <span className={styles['faint']}>
              {one.untilOn === null ? (
                t('groups.since', { day: f.date(one.fromOn) })
              ) : (
                <>
                  <DateText value={one.fromOn} />
                  {' – '}
                  <DateText value={one.untilOn} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
