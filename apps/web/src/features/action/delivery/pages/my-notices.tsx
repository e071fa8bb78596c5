import { noticeChannels, noticeKinds } from '@kezi/contract';
import type { NoticeChannel, NoticeKind, NoticeSettings, NoticeSettingsPatch } from '@kezi/contract';
import { Button, Checkbox, Input, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field } from '../../../../ui/field.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { robotsQuery } from '../api/delivery.js';
import { noticeSettingsQuery, useChangeNoticeSettings } from '../api/notices.js';
import styles from '../components/delivery.module.css';
import { useWords } from '../words.js';

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchQuery(noticeSettingsQuery);
}

export default function MyNotices() {
  const t = useWords();
  const query = useQuery(noticeSettingsQuery);
  return (
    <Page title={t('delivery.mine')} subtitle={t('delivery.mine_hint')} width="reading">
      <QueryView query={query}>
        {(settings) => <Editor key={settings.rowVersion} settings={settings} />}
      </QueryView>
    </Page>
  );
}

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: hour,
  label: `${String(hour).padStart(2, '0')}:00`,
}));

function Editor({ settings }: { settings: NoticeSettings }) {
  const c = useCommonWords();
  const toast = useToast();
  const change = useChangeNoticeSettings(() => toast.done(c('common.saved')));
  const [draft, setDraft] = useState(settings);
  const set = (part: Partial<NoticeSettings>) => setDraft((before) => ({ ...before, ...part }));
  const save = () => {
    const { timeZone: _zone, hasMail: _mail, ...wish } = draft;
    change.mutate(wish satisfies NoticeSettingsPatch);
  };
  return (
    <div className={styles['stack']}>
      <Kinds draft={draft} onChange={(channels) => set({ channels })} />
      <Quiet draft={draft} set={set} />
      <Digest draft={draft} set={set} />
      {change.isError ? <ErrorState error={change.error} size="band" /> : null}
      <div>
        <Button type="primary" loading={change.isPending} onClick={save}>
          {c('common.save')}
        </Button>
      </div>
    </div>
  );
}

interface KindsProps {
  draft: NoticeSettings;
  onChange: (channels: NoticeSettings['channels']) => void;
}

function Kinds({ draft, onChange }: KindsProps) {
  const t = useWords();
  const toggle = (kind: NoticeKind, channel: NoticeChannel, on: boolean) => {
    const others = draft.channels[kind].filter((one) => one !== channel);
    onChange({ ...draft.channels, [kind]: on ? [...others, channel] : others });
  };
  return (
    <Panel title={t('delivery.kinds')} hint={draft.hasMail ? undefined : t('delivery.no_mail')}>
      <table className={styles['kinds']}>
        <thead>
          <tr>
            <th scope="col">{t('delivery.kind')}</th>
            {noticeChannels.map((channel) => (
              <th key={channel} scope="col">
                {t(`delivery.channel.${channel}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {noticeKinds.map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(`delivery.kind.${kind}`)}</th>
              {noticeChannels.map((channel) => (
                <td key={channel}>
                  <Checkbox
                    aria-label={`${t(`delivery.kind.${kind}`)} · ${t(`delivery.channel.${channel}`)}`}
                    checked={draft.channels[kind].includes(channel)}
                    onChange={(event) => toggle(kind, channel, event.target.checked)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

interface PartProps {
  draft: NoticeSettings;
  set: (part: Partial<NoticeSettings>) => void;
}

function Quiet({ draft, set }: PartProps) {
  const t = useWords();
  const isOn = draft.quietFrom !== null;
  return (
    <Panel title={t('delivery.quiet')} hint={t('delivery.quiet_hint', { zone: draft.timeZone })}>
      <div className={styles['fields']}>
        <Checkbox
          checked={isOn}
          onChange={(event) =>
            set(
              event.target.checked
                ? { quietFrom: '22:00', quietUntil: '08:00' }
                : { quietFrom: null, quietUntil: null },
            )
          }
        >
          {t('delivery.quiet_on')}
        </Checkbox>
        {isOn ? (
          <>
            <div className={styles['pair']}>
              <Field label={t('delivery.quiet_from')}>
                <Input
                  type="time"
                  value={draft.quietFrom ?? ''}
                  onChange={(event) => set({ quietFrom: event.target.value })}
                />
              </Field>
              <Field label={t('delivery.quiet_until')}>
                <Input
                  type="time"
                  value={draft.quietUntil ?? ''}
                  onChange={(event) => set({ quietUntil: event.target.value })}
                />
              </Field>
            </div>
            <Checkbox
              checked={draft.urgentPasses}
              onChange={(event) => set({ urgentPasses: event.target.checked })}
            >
              {t('delivery.urgent_passes')}
            </Checkbox>
          </>
        ) : null}
      </div>
    </Panel>
  );
}

function Digest({ draft, set }: PartProps) {
  const t = useWords();
  const { data } = useQuery(robotsQuery);
  const robots = (data?.items ?? []).map(({ robotId, name }) => ({ value: robotId, label: name }));
  return (
    <Panel title={t('delivery.digest')} hint={t('delivery.digest_hint')}>
      <div className={styles['fields']}>
        <div className={styles['pair']}>
          <Field label={t('delivery.digest_hour')}>
            <Select
              allowClear
              placeholder={t('delivery.digest_never')}
              value={draft.digestHour}
              options={hours}
              onChange={(hour?: number | null) => set({ digestHour: hour ?? null })}
            />
          </Field>
          <Field label={t('delivery.digest_channel')}>
            <Select
              value={draft.digestChannel}
              options={(['mail', 'robot'] as const).map((value) => ({
                value,
                label: t(`delivery.channel.${value}`),
              }))}
              onChange={(digestChannel) => set({ digestChannel })}
            />
          </Field>
        </div>
        <Field label={t('delivery.my_robot')} hint={t('delivery.my_robot_hint')}>
          <Select
            allowClear
            placeholder={t(robots.length === 0 ? 'delivery.no_robots' : 'delivery.robot_none')}
            value={draft.robotId}
            options={robots}
            onChange={(robotId?: number | null) => set({ robotId: robotId ?? null })}
          />
        </Field>
      </div>
    </Panel>
  );
}
