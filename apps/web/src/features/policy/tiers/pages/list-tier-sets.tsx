import { tierBadges, type Tier, type TierBadge as Badge, type TierSet } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { AppLink } from '../../../../lib/navigate.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Icon } from '../../../../ui/icon.js';
import { IconButton } from '../../../../ui/icon-button.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { TierBadge } from '../../../../ui/tier-badge.js';
import { useToast } from '../../../../ui/toast.js';
import { setsQuery, useCreateSet, useSaveSet } from '../api/tiers.js';
import styles from '../components/tiers.module.css';
import { useMay } from '../use-may.js';
import { useWords } from '../words.js';

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchQuery(setsQuery);
}

/** The company's tiers by set, from the highest down: named here, cut by a policy. */
export default function ListTierSets() {
  const t = useWords();
  const query = useQuery(setsQuery);
  const mayWrite = useMay('tiers:write');
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={t('tiers.sets')}
      subtitle={t('tiers.setsHint')}
      back="/grading/policies"
      actions={
        mayWrite && !adding ? (
          <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => setAdding(true)}>
            {t('tiers.newSet')}
          </Button>
        ) : null
      }
    >
      <div className={styles['stack']}>
        {adding ? <NewSet onDone={() => setAdding(false)} /> : null}
        <QueryView
          query={query}
          skeleton={<SkeletonGrid rows={4} columns={3} />}
          empty={({ items }) => items.length === 0}
          emptyView={<EmptyState picture="file" title={t('tiers.noSets')} text={t('tiers.noSetsText')} />}
        >
          {({ items }) =>
            items.map((set) => (
              <KnownSet key={`${set.tierSetId} ${set.rowVersion}`} set={set} mayWrite={mayWrite} />
            ))
          }
        </QueryView>
      </div>
    </Page>
  );
}

interface Line {
  name: string;
  badge: Badge;
}

interface LinesProps {
  name: string;
  lines: readonly Line[];
  onName: (name: string) => void;
  onLines: (lines: Line[]) => void;
  /** Tiers are added and taken away only while nobody was graded by them. */
  isFixed: boolean;
}

const fewestTiers = 2;
const mostTiers = 12;

function Lines({ name, lines, onName, onLines, isFixed }: LinesProps) {
  const t = useWords();
  const change = (at: number, part: Partial<Line>) =>
    onLines(lines.map((line, i) => (i === at ? { ...line, ...part } : line)));
  return (
    <div className={styles['stack']}>
      <Input
        aria-label={t('tiers.setName')}
        value={name}
        maxLength={100}
        onChange={(event) => onName(event.target.value)}
      />
      {lines.map((line, at) => {
        const place = at + 1;
        return (
          <div key={place} className={styles['row']}>
            <span className={styles['note']}>{t('tiers.rank', { rank: place })}</span>
            <Select
              aria-label={t('tiers.badgeOf', { rank: place })}
              value={line.badge}
              options={tierBadges.map((badge) => ({
                value: badge,
                label: <TierBadge badge={badge} name={t(`tiers.badge.${badge}`)} />,
              }))}
              onChange={(badge) => change(at, { badge })}
            />
            <Input
              className={styles['grow'] ?? ''}
              aria-label={t('tiers.nameOfRank', { rank: place })}
              value={line.name}
              maxLength={100}
              onChange={(event) => change(at, { name: event.target.value })}
            />
            {isFixed || lines.length <= fewestTiers ? null : (
              <IconButton
                icon="close"
                label={t('tiers.removeTier', { rank: place })}
                onClick={() => onLines(lines.filter((_, i) => i !== at))}
              />
            )}
          </div>
        );
      })}
      {isFixed || lines.length >= mostTiers ? null : (
        <div>
          <Button size="small" onClick={() => onLines([...lines, { name: '', badge: 'circle' }])}>
            {t('tiers.addTier')}
          </Button>
        </div>
      )}
    </div>
  );
}

const isFilled = (name: string, lines: readonly Line[]) =>
  name.trim() !== '' && lines.every((line) => line.name.trim() !== '');

function NewSet({ onDone }: { onDone: () => void }) {
  const t = useWords();
  const toast = useToast();
  const create = useCreateSet();
  const [name, setName] = useState('');
  const [lines, setLines] = useState<Line[]>([
    { name: '', badge: 'crown' },
    { name: '', badge: 'medal' },
    { name: '', badge: 'circle' },
  ]);
  return (
    <Panel
      title={t('tiers.newSet')}
      extra={
        <div className={styles['row']}>
          <Button onClick={onDone}>{t('tiers.cancel')}</Button>
          <Button
            type="primary"
            disabled={!isFilled(name, lines)}
            loading={create.isPending}
            onClick={() =>
              create.mutate(
                { name: name.trim(), tiers: lines },
                { onSuccess: onDone, onError: (error) => toast.failed(error) },
              )
            }
          >
            {t('tiers.saveSet')}
          </Button>
        </div>
      }
    >
      <Lines {...{ name, lines }} onName={setName} onLines={setLines} isFixed={false} />
    </Panel>
  );
}

function KnownSet({ set, mayWrite }: { set: TierSet; mayWrite: boolean }) {
  const t = useWords();
  const [editing, setEditing] = useState(false);
  return (
    <Panel
      title={set.name}
      extra={
        <div className={styles['row']}>
          {set.isUsed ? <Tag tone="accent">{t('tiers.setUsed')}</Tag> : null}
          {mayWrite && !editing ? (
            <Button size="small" onClick={() => setEditing(true)}>
              {t('tiers.editSet')}
            </Button>
          ) : null}
        </div>
      }
    >
      {editing ? (
        <EditedSet set={set} onDone={() => setEditing(false)} />
      ) : (
        <div className={styles['row']}>
          {set.tiers.map((tier) => (
            <TierBadge key={tier.tierId} badge={tier.badge} name={tier.name} />
          ))}
          <AppLink to="/grading/policies">{t('tiers.cutByPolicy')}</AppLink>
        </div>
      )}
    </Panel>
  );
}

function EditedSet({ set, onDone }: { set: TierSet; onDone: () => void }) {
  const t = useWords();
  const toast = useToast();
  const save = useSaveSet(() => {
    toast.done(t('tiers.setSaved'));
    onDone();
  });
  const [name, setName] = useState(set.name);
  const [tiers, setTiers] = useState<Tier[]>(set.tiers);
  const send = () =>
    save.mutate(
      {
        id: set.tierSetId,
        rowVersion: set.rowVersion,
        name: name.trim(),
        tiers: tiers.map(({ tierId, name: own, badge }) => ({ tierId, name: own, badge })),
      },
      { onError: (error) => toast.failed(error) },
    );
  return (
    <div className={styles['stack']}>
      <p className={styles['note']}>{t('tiers.renameHint')}</p>
      <Lines
        name={name}
        lines={tiers}
        onName={setName}
        onLines={(lines) => setTiers(tiers.map((tier, i) => ({ ...tier, ...lines[i] })))}
        isFixed
      />
      <div className={styles['row']}>
        <Button onClick={onDone}>{t('tiers.cancel')}</Button>
        <Button type="primary" disabled={!isFilled(name, tiers)} loading={save.isPending} onClick={send}>
          {t('tiers.saveSet')}
        </Button>
      </div>
    </div>
  );
}
