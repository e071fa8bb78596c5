import type { PoolRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { Dialog } from '../../../../ui/dialog.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { departmentsQuery, useSavePool } from '../api/pools.js';
import { useWords } from '../words.js';
import { byLabel, useOwnerChoices } from './use-owner-choices.js';

interface PoolDialogProps {
  /** Null for a new one. */
  pool: PoolRow | null;
  onClose: () => void;
}

/** The terms of a pool; a cap that is empty does not hold. */
export function PoolDialog({ pool, onClose }: PoolDialogProps) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const save = useSavePool();
  const teams = useQuery(departmentsQuery).data?.items ?? [];
  const owners = useOwnerChoices();
  const [teamId, setTeamId] = useState<number | null>(pool?.teamId ?? null);
  const [claimsPerDay, setClaims] = useState<number | null>(pool?.claimsPerDay ?? null);
  const [holdingCap, setCap] = useState<number | null>(pool?.holdingCap ?? null);
  const [coolDownDays, setCoolDown] = useState<number | null>(pool?.coolDownDays ?? 30);
  const [protectDays, setProtect] = useState<number | null>(pool?.protectDays ?? 30);
  const [memberIds, setMembers] = useState<number[]>(pool?.members.map((one) => one.userId) ?? []);
  const [tried, setTried] = useState(false);
  const submit = () => {
    setTried(true);
    if (teamId === null) return;
    const terms = {
      claimsPerDay,
      holdingCap,
      coolDownDays: coolDownDays ?? 0,
      protectDays: protectDays ?? 0,
      memberIds,
    };
    save.mutate(
      pool === null
        ? { poolId: null, input: { teamId, ...terms } }
        : { poolId: pool.poolId, input: { ...terms, rowVersion: pool.rowVersion } },
      {
        onSuccess: () => {
          toast.done(c('common.saved'));
          onClose();
        },
      },
    );
  };
  const days = (
    label: string,
    hint: string,
    value: number | null,
    onChange: (days: number | null) => void,
  ) => (
    <Field label={label} hint={hint}>
      <InputNumber
        min={0}
        max={3650}
        precision={0}
        value={value}
        suffix={t('ownership.days')}
        onChange={onChange}
      />
    </Field>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={pool === null ? t('ownership.newPool') : t('ownership.poolOf', { team: pool.teamName })}
      width={520}
      footer={
        <>
          <Button onClick={onClose}>{c('common.cancel')}</Button>
          <Button type="primary" loading={save.isPending} onClick={submit}>
            {c('common.save')}
          </Button>
        </>
      }
    >
      <FieldStack>
        <Field
          label={t('ownership.department')}
          hint={t('ownership.departmentHint')}
          error={tried && teamId === null ? t('ownership.chooseOne') : undefined}
        >
          <Select<number>
            showSearch={{ filterOption: byLabel }}
            disabled={pool !== null}
            value={teamId}
            options={teams.map((team) => ({ value: team.id, label: team.name }))}
            onChange={setTeamId}
          />
        </Field>
        <Field label={t('ownership.claimsPerDay')} hint={t('ownership.noCapHint')}>
          <InputNumber min={1} max={10_000} precision={0} value={claimsPerDay} onChange={setClaims} />
        </Field>
        <Field label={t('ownership.holdingCap')} hint={t('ownership.noCapHint')}>
          <InputNumber min={1} max={1_000_000} precision={0} value={holdingCap} onChange={setCap} />
        </Field>
        {days(t('ownership.coolDown'), t('ownership.coolDownHint'), coolDownDays, setCoolDown)}
        {days(t('ownership.protect'), t('ownership.protectHint'), protectDays, setProtect)}
        <Field label={t('ownership.poolMembers')} hint={t('ownership.poolMembersHint')} optional>
          <Select<number[]>
            mode="multiple"
            showSearch={{ filterOption: byLabel }}
            value={memberIds}
            options={owners}
            onChange={setMembers}
          />
        </Field>
        {save.error ? <ErrorState error={save.error} size="band" /> : null}
      </FieldStack>
    </Dialog>
  );
}
