import type { Team } from '@kezi/contract';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { usePreferences } from '../../../../lib/preferences.js';
import { Dialog } from '../../../../ui/dialog.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { plainLabel } from '../../../../ui/plain-label.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useChangeTeam, useCreateTeam } from '../api/teams.js';
import { useWords } from '../words.js';
import { teamAndBelow, teamOptions } from '../../../../lib/teams.js';

interface TeamDialogProps {
  open: boolean;
  teams: readonly Team[];
  /** Undefined for a new one. */
  team: Team | undefined;
  /** The parent of a new one. */
  below: number | undefined;
  onClose: () => void;
}

export default function TeamDialog({ open, teams, team, below, onClose }: TeamDialogProps) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const { language } = usePreferences();
  const create = useCreateTeam();
  const change = useChangeTeam();
  const [name, setName] = useState(team?.name ?? '');
  const [parentId, setParentId] = useState<number | null>(team ? team.parentId : (below ?? null));
  const [tried, setTried] = useState(false);
  const own = team ? teamAndBelow(teams, team.id) : new Set<number>();
  const parents = teamOptions(teams, language).filter((option) => !own.has(option.value));
  const error = create.error ?? change.error;

  const save = () => {
    setTried(true);
    const draft = { name: name.trim(), parentId };
    if (draft.name === '') return;
    const onSuccess = (saved: Team) => {
      toast.done(team ? c('common.saved') : t('settings.teams.created', { name: saved.name }));
      onClose();
    };
    if (team) change.mutate({ team, change: draft }, { onSuccess });
    else create.mutate(draft, { onSuccess });
  };

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={team ? t('settings.teams.edit', { name: team.name }) : t('settings.teams.new')}
      footer={
        <>
          <Button onClick={onClose}>{c('common.cancel')}</Button>
          <Button type="primary" loading={create.isPending || change.isPending} onClick={save}>
            {team ? c('common.save') : c('common.create')}
          </Button>
        </>
      }
    >
      <FieldStack>
        <Field
          label={t('settings.teams.name')}
          error={tried && name.trim() === '' ? t('settings.teams.missing') : undefined}
        >
          <Input
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={save}
          />
        </Field>
        <Field label={t('settings.teams.parent')}>
          <Select<number>
            allowClear
            value={parentId}
            placeholder={t('settings.teams.no_parent')}
            options={parents}
            labelRender={plainLabel}
            onChange={(value) => setParentId(value ?? null)}
          />
        </Field>
        {error ? <ErrorState error={error} size="band" /> : null}
      </FieldStack>
    </Dialog>
  );
}
