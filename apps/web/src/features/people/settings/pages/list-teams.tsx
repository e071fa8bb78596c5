import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useSearch } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { usePreparedAtRest } from '../../../../ui/later.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { teamsQuery } from '../../../../lib/teams.js';
import { teamDialog, teamParts } from '../components/settings-parts.js';
import { TeamTree } from '../components/team-tree-view.js';
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
