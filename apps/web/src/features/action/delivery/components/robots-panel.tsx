import { robotVendors } from '@kezi/contract';
import type { NoticeKind, RobotRow, RobotVendor } from '@kezi/contract';
import { Button, Checkbox, Input, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCan } from '../../../../lib/session.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { Dialog } from '../../../../ui/dialog.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import {
  groupTeamsQuery,
  robotsQuery,
  useChangeRobot,
  useMakeRobot,
  useRemoveRobot,
  useTestRobot,
} from '../api/delivery.js';
import { useWords } from '../words.js';
import { DeliveryHistory } from './delivery-history.js';
import styles from './delivery.module.css';
import { TestNote } from './test-note.js';

/** What a group can be told of: what happens to customers, not to one person. */
const groupKinds = ['warning.raised', 'tier.changed'] as const satisfies readonly NoticeKind[];

/** Robots of groups in WeCom, DingTalk and Feishu. */
export function RobotsPanel() {
  const t = useWords();
  const query = useQuery(robotsQuery);
  const [isMaking, setMaking] = useState(false);
  const begin = () => setMaking(true);
  return (
    <Panel
      title={t('delivery.robots')}
      hint={t('delivery.robots_hint')}
      padding="none"
      extra={<Button onClick={begin}>{t('delivery.robot_new')}</Button>}
    >
      <QueryView
        query={query}
        empty={({ items }) => items.length === 0}
        emptyView={
          <EmptyState
            title={t('delivery.robots_none')}
            text={t('delivery.robots_none_text')}
            action={{ label: t('delivery.robot_new'), onClick: begin }}
          />
        }
      >
        {({ items }) => (
          <ul>
            {items.map((robot) => (
              <RobotLine key={robot.robotId} robot={robot} />
            ))}
          </ul>
        )}
      </QueryView>
      {isMaking ? <NewRobot onClose={() => setMaking(false)} /> : null}
    </Panel>
  );
}

function RobotLine({ robot }: { robot: RobotRow }) {
  const t = useWords();
  const toast = useToast();
  const confirm = useConfirm();
  const test = useTestRobot();
  const change = useChangeRobot();
  const remove = useRemoveRobot();
  const [showsHistory, setShowsHistory] = useState(false);
  const { robotId: id, name, vendor, urlHint, teamName, kinds, isActive, rowVersion } = robot;
  const failed = { onError: (error: Error) => toast.failed(error) };
  const ask = async () => {
    const sure = await confirm({
      title: t('delivery.remove_title', { name }),
      text: t('delivery.robot_remove_text'),
      action: t('delivery.remove'),
      danger: true,
    });
    if (sure) remove.mutate(id, failed);
  };
  return (
    <li className={styles['item']}>
      <div className={styles['row']}>
        <strong>{name}</strong>
        <Tag tone={isActive ? 'good' : 'neutral'}>{t(isActive ? 'delivery.on' : 'delivery.off')}</Tag>
        <span className={styles['faint']}>
          {[t(`delivery.vendor.${vendor}`), `…${urlHint}`, teamName ?? t('delivery.whole_company')].join(
            ' · ',
          )}
        </span>
      </div>
      <div className={styles['row']}>
        {kinds.map((kind) => (
          <Tag key={kind}>{t(`delivery.kind.${kind}`)}</Tag>
        ))}
      </div>
      <div className={styles['row']}>
        <Button size="small" loading={test.isPending} onClick={() => test.mutate(id, failed)}>
          {t('delivery.send_test')}
        </Button>
        <Button size="small" onClick={() => change.mutate({ id, isActive: !isActive, rowVersion }, failed)}>
          {t(isActive ? 'delivery.switch_off' : 'delivery.switch_on')}
        </Button>
        <Button size="small" aria-expanded={showsHistory} onClick={() => setShowsHistory(!showsHistory)}>
          {t('delivery.history')}
        </Button>
        <Button size="small" danger onClick={() => void ask()}>
          {t('delivery.remove')}
        </Button>
      </div>
      <TestNote result={test.data} />
      {showsHistory ? <DeliveryHistory of={{ robotId: id }} /> : null}
    </li>
  );
}

function NewRobot({ onClose }: { onClose: () => void }) {
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
