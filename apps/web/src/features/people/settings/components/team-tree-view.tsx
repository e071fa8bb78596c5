import type { Team } from '@kezi/contract';
import { useState, type DragEvent } from 'react';
import { AppLink } from '../../../../lib/navigate.js';
import { usePreferences } from '../../../../lib/preferences.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { Icon } from '../../../../ui/icon.js';
import { IconButton } from '../../../../ui/icon-button.js';
import { useToast } from '../../../../ui/toast.js';
import { useChangeTeam, useCreateTeam, useRemoveTeam } from '../api/teams.js';
import { useWords } from '../words.js';
import styles from './settings.module.css';
import { teamAndBelow, teamTree } from '../../../../lib/teams.js';

interface TeamTreeProps {
  teams: readonly Team[];
  mayWrite: boolean;
  onAdd: (parent: number) => void;
  onEdit: (team: Team) => void;
}

/** The departments as a tree. One is taken by the mouse and put on another, or at the top. */
export function TeamTree({ teams, mayWrite, onAdd, onEdit }: TeamTreeProps) {
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
  const drag = useTeamDrag(teams, mayWrite);
  return (
    <ul className={styles['tree']}>
      {drag.dragged !== null && drag.dragged.parentId !== null ? (
        <li className={styles['top']} {...drag.target(null)}>
          {t('settings.teams.to_top')}
        </li>
      ) : null}
      {teamTree(teams, language).map(({ team, depth }) => (
        <li
          key={team.id}
          className={styles['team']}
          style={{ paddingLeft: 16 + depth * 24 }}
          {...drag.handle(team)}
          {...drag.target(team)}
        >
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

/** Whoever sees the department changes with its place, so it is asked before, and can be taken back. */
function useMoveTeam() {
  const t = useWords();
  const toast = useToast();
  const confirm = useConfirm();
  const change = useChangeTeam();
  return async (team: Team, parent: Team | null) => {
    const place = parent === null ? t('settings.teams.no_parent') : parent.name;
    const question = {
      title: t('settings.teams.move_ask', { name: team.name, place }),
      text: t('settings.teams.move_text'),
      action: t('settings.teams.move'),
    };
    if (!(await confirm(question))) return;
    change.mutate(
      { team, change: { parentId: parent?.id ?? null } },
      {
        onSuccess: (moved) =>
          toast.undo(t('settings.teams.moved', { name: team.name, place }), () =>
            change.mutateAsync({ team: moved, change: { parentId: team.parentId } }),
          ),
        onError: (error) => toast.failed(error),
      },
    );
  };
}

/** Taking a department by the mouse and putting it down; not on itself, nor on one below it. */
function useTeamDrag(teams: readonly Team[], mayWrite: boolean) {
  const move = useMoveTeam();
  const [dragged, setDragged] = useState<Team | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const below = dragged === null ? null : teamAndBelow(teams, dragged.id);
  const mayDrop = (parent: Team | null) =>
    dragged !== null && dragged.parentId !== (parent?.id ?? null) && !(parent && below?.has(parent.id));
  const end = () => {
    setDragged(null);
    setOver(null);
  };
  return {
    dragged,
    handle: (team: Team) =>
      mayWrite
        ? {
            draggable: true,
            onDragStart: (event: DragEvent) => {
              event.dataTransfer.setData('text/plain', team.name);
              event.dataTransfer.effectAllowed = 'move';
              setDragged(team);
            },
            onDragEnd: end,
          }
        : {},
    target: (parent: Team | null) =>
      mayDrop(parent)
        ? {
            'data-over': over === (parent?.id ?? 0),
            onDragOver: (event: DragEvent) => {
              event.preventDefault();
              setOver(parent?.id ?? 0);
            },
            onDragLeave: () => setOver(null),
            onDrop: (event: DragEvent) => {
              event.preventDefault();
              if (dragged) void move(dragged, parent);
              end();
            },
          }
        : {},
  };
}
