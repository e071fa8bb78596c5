import { robotVendors } from '@kezi/contract';
import type { NoticeKind, RobotVendor } from '@kezi/contract';
import { Button, Checkbox, Input, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCan } from '../../../../lib/session.js';
import { Dialog } from '../../../../ui/dialog.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { groupTeamsQuery, useMakeRobot } from '../api/delivery.js';
import { useWords } from '../words.js';

/** What a group can be told of: what happens to customers, not to one person. */
const groupKinds = ['warning.raised', 'tier.changed'] as const satisfies readonly NoticeKind[];

/** Asks for the address that a group gave its robot, and what it tells. */
export default function NewRobot({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const make = useMakeRobot();
  const forCompany = useCan('outbound:write');
  const teams = useQuery(groupTeamsQuery);
  const [draft, setDraft] = useState({
    name: '',
    vendor: 'wecom' as RobotVendor,
    url: '',
    secret: '',
    teamId: null as number | null,
    kinds: ['warning.raised'] as NoticeKind[],
  });
  const set = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const options = (teams.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const isReady =
    draft.name.trim() !== '' && draft.url.trim() !== '' && (forCompany || draft.teamId !== null);
  const send = () =>
    make.mutate(
      {
        ...draft,
        name: draft.name.trim(),
        url: draft.url.trim(),
        secret: draft.secret.trim() === '' ? null : draft.secret.trim(),
      },
      { onSuccess: onClose },
    );
  return (
    <Dialog
      open
      width={560}
      title={t('delivery.robot_new')}
      onClose={onClose}
      footer={
        <Button type="primary" disabled={!isReady} loading={make.isPending} onClick={send}>
          {t('delivery.make')}
        </Button>
      }
    >
      <FieldStack>
        <Field label={t('delivery.name')}>
          <Input value={draft.name} maxLength={100} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Field label={t('delivery.vendor')}>
          <Select
            value={draft.vendor}
            options={robotVendors.map((value) => ({ value, label: t(`delivery.vendor.${value}`) }))}
            onChange={(vendor) => set({ vendor })}
          />
        </Field>
        <Field label={t('delivery.robot_url')} hint={t(`delivery.robot_url.${draft.vendor}`)}>
          <Input
            value={draft.url}
            placeholder="https://"
            onChange={(event) => set({ url: event.target.value })}
          />
        </Field>
        {draft.vendor === 'wecom' ? null : (
          <Field label={t('delivery.robot_secret')} hint={t('delivery.robot_secret_hint')} optional>
            <Input.Password
              autoComplete="off"
              value={draft.secret}
              onChange={(event) => set({ secret: event.target.value })}
            />
          </Field>
        )}
        <Field label={t('delivery.robot_team')} hint={t('delivery.robot_team_hint')} optional={forCompany}>
          <Select
            allowClear={forCompany}
            placeholder={forCompany ? t('delivery.whole_company') : undefined}
            value={draft.teamId}
            options={options}
            onChange={(teamId?: number | null) => set({ teamId: teamId ?? null })}
          />
        </Field>
        <Field label={t('delivery.robot_kinds')}>
          <Checkbox.Group<NoticeKind>
            value={draft.kinds}
            options={groupKinds.map((value) => ({ value, label: t(`delivery.kind.${value}`) }))}
            onChange={(kinds) => set({ kinds })}
          />
        </Field>
        {make.isError ? <ErrorState error={make.error} size="band" /> : null}
      </FieldStack>
    </Dialog>
  );
}
