import type { CustomerGroup, GroupMember } from '@kezi/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { DragEvent } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { MoneyText } from '../../../../ui/figure-texts.js';
import { Icon } from '../../../../ui/icon.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { membersQuery } from '../api/groups.js';
import { useWords } from '../words.js';
import styles from './groups.module.css';
import type { Moving } from './move-dialog.js';

type Node = Pick<GroupMember, 'customerId' | 'name'> & Partial<GroupMember>;

interface TreeProps {
  group: CustomerGroup;
  mayMove: boolean;
  onMove: (moving: Moving) => void;
}

interface BranchProps extends TreeProps {
  node: Node;
  parentId: number | null;
  depth: number;
  dragged: Moving | null;
  onDrag: (moving: Moving | null) => void;
}

/** Who stands below whom, from the top of the group down; each level comes when it is opened. */
export function GroupTree({ group, mayMove, onMove }: TreeProps) {
  const t = useWords();
  const [dragged, setDragged] = useState<Moving | null>(null);
  const [top] = group.path;
  if (!top) return null;
  return (
    <Panel title={t('groups.tree')} hint={mayMove ? t('groups.treeHint') : undefined} padding="none">
      <ul className={styles['tree']} aria-label={t('groups.tree')}>
        <Branch
          node={{ ...top, subsidiaries: 1 }}
          parentId={null}
          depth={0}
          {...{ group, mayMove, onMove, dragged, onDrag: setDragged }}
        />
      </ul>
    </Panel>
  );
}

function Branch(props: BranchProps) {
  const { node, group, depth } = props;
  const place = group.path.findIndex((one) => one.customerId === node.customerId);
  const [isOpen, setOpen] = useState(place >= 0);
  const hasBelow = (node.subsidiaries ?? 0) > 0;
  return (
    <li>
      <Row {...props} isOpen={isOpen} onToggle={hasBelow ? () => setOpen(!isOpen) : null} />
      {isOpen && hasBelow ? (
        <Members {...props} next={place < 0 ? undefined : group.path[place + 1]} depth={depth + 1} />
      ) : null}
    </li>
  );
}

/** The one on the way to the customer of the page stands first, wherever its value would put it. */
function inOrder(
  items: readonly GroupMember[],
  next: { customerId: number; name: string } | undefined,
): Node[] {
  if (!next) return [...items];
  const found = items.find((item) => item.customerId === next.customerId);
  return [found ?? { ...next, subsidiaries: 1 }, ...items.filter((item) => item !== found)];
}

function Members({
  next,
  ...props
}: BranchProps & { next: { customerId: number; name: string } | undefined }) {
  const t = useWords();
  const query = useInfiniteQuery(membersQuery(props.node.customerId));
  return (
    <QueryView query={query} skeleton={<SkeletonLines n={3} />}>
      {(data) => (
        <ul className={styles['tree']}>
          {inOrder(
            data.pages.flatMap((page) => page.items),
            next,
          ).map((member) => (
            <Branch key={member.customerId} {...props} node={member} parentId={props.node.customerId} />
          ))}
          {query.hasNextPage ? (
            <li className={styles['more']}>
              <Button
                size="small"
                loading={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {t('groups.more')}
              </Button>
              <AppLink to={`/customers?parentCustomerId=${props.node.customerId}`}>
                {t('groups.inList')}
              </AppLink>
            </li>
          ) : null}
        </ul>
      )}
    </QueryView>
  );
}

function Row({
  node,
  parentId,
  depth,
  group,
  mayMove,
  onMove,
  dragged,
  onDrag,
  isOpen,
  onToggle,
}: BranchProps & { isOpen: boolean; onToggle: (() => void) | null }) {
  const t = useWords();
  const f = useFormats();
  const [isOver, setOver] = useState(false);
  const isSelf = group.path.at(-1)?.customerId === node.customerId;
  // The top stands below nobody, or below somebody whom the reader may not see: it is not moved from here.
  const own: Moving = { customerId: node.customerId, name: node.name, fromParentCustomerId: parentId };
  const mayDrag = mayMove && parentId !== null;
  const takes = dragged !== null && dragged.customerId !== node.customerId;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (takes && dragged.fromParentCustomerId !== node.customerId) {
      onMove({ ...dragged, to: { customerId: node.customerId, name: node.name } });
    }
    onDrag(null);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- dragging is one of two ways: the button at its end is the other
    <div
      className={styles['row']}
      style={{ paddingInlineStart: `calc(var(--kz-space-3) + ${Math.min(depth, 12)} * 20px)` }}
      data-self={isSelf}
      data-over={isOver}
      draggable={mayDrag}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', node.name);
        event.dataTransfer.effectAllowed = 'move';
        onDrag(own);
      }}
      onDragEnd={() => onDrag(null)}
      onDragOver={(event) => {
        if (!takes) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {onToggle ? (
        <button
          type="button"
          className={styles['toggle']}
          aria-expanded={isOpen}
          aria-label={t(isOpen ? 'groups.close' : 'groups.open', { name: node.name })}
          onClick={onToggle}
        >
          <Icon name={isOpen ? 'down' : 'right'} />
        </button>
      ) : (
        <span className={styles['toggle']} />
      )}
      <span className={styles['name']}>
        <CustomerLink to={`/customers/${node.customerId}?tab=group`}>{node.name}</CustomerLink>
        <span className={styles['faint']}>
          {[
            node.subsidiaries !== undefined && node.customerNo !== undefined && node.subsidiaries > 0
              ? t('groups.members', { count: f.count(node.subsidiaries) })
              : null,
            node.ownerName ?? null,
            node.sinceOn ? t('groups.since', { day: f.date(node.sinceOn) }) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {node.clv === null || node.clv === undefined ? null : <MoneyText minor={f.minorOf(node.clv)} sign />}
      {mayDrag ? (
        <Button
          size="small"
          aria-label={t('groups.moveOne', { name: node.name })}
          onClick={() => onMove(own)}
        >
          {t('groups.move')}
        </Button>
      ) : null}
    </div>
  );
}
