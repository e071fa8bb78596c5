import type { User } from '@kezi/contract';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { z } from 'zod';
import { useSearch } from '../../../../lib/navigate.js';
import { usePreferences } from '../../../../lib/preferences.js';
import { useCan, useSession } from '../../../../lib/session.js';
import { DataGrid } from '../../../../ui/data-grid/data-grid.js';
import type { GridColumn } from '../../../../ui/data-grid/data-grid.js';
import { useWindowedRows } from '../../../../ui/data-grid/windowed-rows.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { FilterBar } from '../../../../ui/filter-bar.js';
import { Page } from '../../../../ui/page.js';
import { Tag } from '../../../../ui/tag.js';
import { useCommonWords } from '../../../../ui/words.js';
import { fetchUsers, usersKey } from '../api/users.js';
import styles from '../components/settings.module.css';
import { teamOptions, teamsQuery } from '../../../../lib/teams.js';
import { UserPanel } from '../components/user-panel.js';
import { useWords } from '../words.js';

const usersSearch = z.object({
  q: z.string().catch(''),
  team: z.number().optional().catch(undefined),
  /** A user's id, or `new`. */
  open: z
    .union([z.number(), z.literal('new')])
    .optional()
    .catch(undefined),
});

function useColumns(teamName: (id: number | null) => string): GridColumn<User>[] {
  const t = useWords();
  const me = useSession();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('settings.users.name'),
        width: 200,
        frozen: true,
        title: (user) => user.name,
        cell: (user) => (
          <span className={`${styles['person']} ${user.disabled ? styles['off'] : ''}`}>
            <span className={styles['avatar']} aria-hidden="true">
              {Array.from(user.name)[0]}
            </span>
            <span>{user.name}</span>
            {user.id === me.id ? <Tag tone="accent">{t('settings.users.you')}</Tag> : null}
          </span>
        ),
      },
      {
        id: 'email',
        header: t('settings.users.email'),
        width: 240,
        card: 'wide',
        title: (user) => user.email,
        cell: (user) => user.email,
      },
      {
        id: 'role',
        header: t('settings.users.role'),
        width: 120,
        cell: (user) => t(`settings.role.${user.role}`),
      },
      {
        id: 'team',
        header: t('settings.users.team'),
        width: 160,
        card: 'wide',
        cell: (user) => teamName(user.teamId),
      },
      {
        id: 'scope',
        header: t('settings.users.scope'),
        width: 200,
        card: 'wide',
        cell: (user) => t(`settings.scope.${user.scope}`),
      },
      {
        id: 'state',
        header: t('settings.users.state'),
        width: 110,
        card: 'corner',
        cell: (user) =>
          user.disabled ? (
            <Tag>{t('settings.users.disabled')}</Tag>
          ) : (
            <Tag tone="good">{t('settings.users.active')}</Tag>
          ),
      },
      {
        id: 'since',
        header: t('settings.users.since'),
        width: 130,
        cell: (user) => <DateText value={user.createdAt} />,
      },
    ],
    [t, me.id, teamName],
  );
}

export default function ListUsers() {
  const t = useWords();
  const c = useCommonWords();
  const { language } = usePreferences();
  const mayWrite = useCan('users:write');
  const [search, setSearch] = useSearch(usersSearch);
  const teams = useQuery(teamsQuery).data?.items;
  const teamName = useCallback(
    (id: number | null) => teams?.find((team) => team.id === id)?.name ?? '–',
    [teams],
  );
  const columns = useColumns(teamName);
  const filter = { search: search.q === '' ? undefined : search.q, teamId: search.team };
  const rows = useWindowedRows<User>({
    queryKey: [...usersKey, 'rows', filter],
    fetchPage: ({ cursor, signal }) => fetchUsers(filter, cursor, signal),
  });
  const setQ = useCallback((q: string) => setSearch({ q }, { replace: true }), [setSearch]);
  const clear = () => setSearch({ q: '', team: undefined });
  return (
    <Page
      title={t('settings.users')}
      width="fill"
      actions={
        mayWrite ? (
          <Button type="primary" onClick={() => setSearch({ open: 'new' })}>
            {t('settings.users.new')}
          </Button>
        ) : undefined
      }
    >
      <FilterBar
        search={{ value: search.q, onChange: setQ, placeholder: t('settings.users.search') }}
        filters={[
          {
            id: 'team',
            kind: 'choice',
            label: t('settings.users.team'),
            options: teamOptions(teams ?? [], language).map(({ value, label }) => ({
              value: String(value),
              label,
            })),
            value: search.team === undefined ? undefined : String(search.team),
            onChange: (team) => setSearch({ team: team === undefined ? undefined : Number(team) }),
          },
        ]}
        onClear={clear}
      />
      <DataGrid<User>
        id="users"
        cards
        label={t('settings.users')}
        rows={rows}
        rowKey={(user) => user.id}
        columns={columns}
        onOpen={(user) => setSearch({ open: user.id }, { replace: search.open !== undefined })}
        openKey={typeof search.open === 'number' ? search.open : undefined}
        empty={
          <EmptyState
            title={t('settings.users.none')}
            text={t('settings.users.none_text')}
            action={{ label: c('common.clear_filters'), onClick: clear }}
          />
        }
      />
      <UserPanel open={search.open} onClose={() => setSearch({ open: undefined })} />
    </Page>
  );
}
