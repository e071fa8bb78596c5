import type { User } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { useCan } from '../../../../lib/session.js';
import { KeyValues } from '../../../../ui/key-values.js';
import { usePreparedAtRest } from '../../../../ui/later.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SidePanel } from '../../../../ui/side-panel.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { teamsQuery } from '../../../../lib/teams.js';
import { userQuery } from '../api/users.js';
import { useWords } from '../words.js';
import { editUser, newUserForm, userParts } from './settings-parts.js';

interface UserPanelProps {
  open: number | 'new' | undefined;
  onClose: () => void;
}

const nothing: typeof userParts = [];

/** One person at the side of the list: to be added, edited or, without the right to, read. */
export function UserPanel({ open, onClose }: UserPanelProps) {
  const t = useWords();
  const mayWrite = useCan('users:write');
  usePreparedAtRest(mayWrite ? userParts : nothing);
  const id = typeof open === 'number' ? open : null;
  const query = useQuery({ ...userQuery(id ?? 0), enabled: id !== null });
  const isNew = open === 'new' && mayWrite;
  return (
    <SidePanel
      open={id !== null || isNew}
      onClose={onClose}
      title={isNew ? t('settings.users.new') : (query.data?.name ?? t('settings.users.edit'))}
      width={440}
    >
      {isNew ? (
        <newUserForm.Part waiting={<SkeletonLines n={8} />} onDone={onClose} />
      ) : (
        <QueryView query={query} skeleton={<SkeletonLines n={8} />}>
          {(user) =>
            mayWrite ? (
              <editUser.Part key={user.id} waiting={<SkeletonLines n={8} />} user={user} />
            ) : (
              <ReadUser user={user} />
            )
          }
        </QueryView>
      )}
    </SidePanel>
  );
}

function ReadUser({ user }: { user: User }) {
  const t = useWords();
  const team = useQuery(teamsQuery).data?.items.find((one) => one.id === user.teamId);
  return (
    <KeyValues
      items={[
        { id: 'email', label: t('settings.users.email'), value: user.email },
        { id: 'role', label: t('settings.users.role'), value: t(`settings.role.${user.role}`) },
        { id: 'team', label: t('settings.users.team'), value: team?.name ?? t('settings.users.no_team') },
        { id: 'scope', label: t('settings.users.scope'), value: t(`settings.scope.${user.scope}`) },
      ]}
    />
  );
}
