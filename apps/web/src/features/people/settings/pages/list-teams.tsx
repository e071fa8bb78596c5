import type { Team } from '@kezi/contract';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { AppLink, useSearch } from '../../../../lib/navigate.js';
import { usePreferences } from '../../../../lib/preferences.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Icon } from '../../../../ui/icon.js';
import { IconButton } from '../../../../ui/icon-button.js';
import { usePreparedAtRest } from '../../../../ui/later.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { teamsQuery, useCreateTeam, useRemoveTeam } from '../api/teams.js';
import styles from '../components/settings.module.css';
import { teamDialog, teamParts } from '../components/settings-parts.js';
import { teamTree } from '../components/team-tree.js';
import { useWords } from '../words.js';

const teamsSearch = z.object({
  /** A team's id, or `new`. */
  open: z
    .union([z.number(), z.literal('new')])
    .optional()
    .catch(undefined),
  /** The parent of a new team. */
  below: z.number().optional().catch(undefined),
});

const nothing: typeof teamParts = [];

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchQuery(teamsQuery);
}

export default function ListTeams() {
  const t = useWords();
  const query = useQuery(teamsQuery);
  const mayWrite = useCan('teams:write');
  usePreparedAtRest(mayWrite ? teamParts : nothing);
  const [{ open, below }, setSearch] = useSearch(teamsSearch);
  const begin = (parent?: number) => setSearch({ open: 'new', below: parent });
  const close = () => setSearch({ open: undefined, below: undefined });
  const teams = query.data?.items ?? [];
  return (
    <Page
      title={t('settings.teams')}
      subtitle={t('settings.teams.hint')}
      width="reading"
      actions={
        mayWrite ? (
          <Button type="primary" onClick={() => begin()}>
            {t('settings.teams.new')}
          </Button>
        ) : undefined
      }
    >
      <Panel padding="none">
        <QueryView
          query={query}
          skeleton={<SkeletonGrid rows={5} columns={2} />}
          empty={({ items }) => items.length === 0}
          emptyView={
            <EmptyState
              picture="people"
              title={t('settings.teams.empty')}
              text={t('settings.teams.empty_text')}
              {...(mayWrite ? { action: { label: t('settings.teams.new'), onClick: () => begin() } } : {})}
            />
          }
        >
          {({ items }) => (
            <TeamTree
              teams={items}
              mayWrite={mayWrite}
              onAdd={begin}
              onEdit={(team) => setSearch({ open: team.id })}
            />
          )}
        </QueryView>
      </Panel>
      {mayWrite && open !== undefined ? (
        <teamDialog.Part
          key={`${open} ${below}`}
          open
          teams={teams}
          team={teams.find((team) => team.id === open)}
          below={below}
          onClose={close}
        />
      ) : null}
    </Page>
  );
}

interface TeamTreeProps {
  teams: readonly Team[];
  mayWrite: boolean;
  onAdd: (parent: number) => void;
  onEdit: (team: Team) => void;
}

function TeamTree({ teams, mayWrite, onAdd, onEdit }: TeamTreeProps) {
  const t = useWords();
  const toast = useToast();
  const { language } = usePreferences();
  const remove = useRemoveTeam();
  const create = useCreateTeam();
  const drop = (team: Team) =>
    remove.mutate(team.id, {
      onSuccess: () =>
        toast.undo(t('settings.teams.removed', { name: team.name }), () =>
          create.mutateAsync({ name: team.name, parentId: team.parentId }),
        ),
      onError: (error) => toast.failed(error),
    });
  return (
    <ul className={styles['tree']}>
      {teamTree(teams, language).map(({ team, depth }) => (
        <li key={team.id} className={styles['team']} style={{ paddingLeft: 16 + depth * 24 }}>
          <span className={styles['team-name']}>
            <Icon name="team" />
            {team.name}
          </span>
          <AppLink to={`/settings/users?team=${team.id}`} className={styles['count'] ?? ''}>
            {t('settings.teams.members', { count: team.members })}
          </AppLink>
          {mayWrite ? (
            <span className={styles['tools']}>
              <IconButton
                icon="plus"
                label={t('settings.teams.new_below', { name: team.name })}
                onClick={() => onAdd(team.id)}
              />
              <IconButton
                icon="edit"
                label={t('settings.teams.edit', { name: team.name })}
                onClick={() => onEdit(team)}
              />
              <IconButton
                icon="trash"
                label={t('settings.teams.remove', { name: team.name })}
                onClick={() => drop(team)}
              />
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
