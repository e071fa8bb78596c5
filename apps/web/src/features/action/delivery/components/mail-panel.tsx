import type { OutboundSettings } from '@kezi/contract';
import { Button, Input, InputNumber, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field } from '../../../../ui/field.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonChart } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { outboundQuery, useChangeOutbound, useTestMail } from '../api/delivery.js';
import { useWords } from '../words.js';
import styles from './delivery.module.css';
import { TestNote } from './test-note.js';

/** The administrator's: mail server, where the pages are, and hosts of the company's own network. */
export default function MailPanel() {
  const query = useQuery(outboundQuery);
  return (
    <QueryView query={query} skeleton={<SkeletonChart height={560} />}>
      {(settings) => (
        <>
          <MailForm key={settings.rowVersion} settings={settings} />
          {settings.mailHost === null ? null : <MailTest />}
        </>
      )}
    </QueryView>
  );
}

const textOf = (text: string) => (text.trim() === '' ? null : text.trim());
const linesOf = (text: string) =>
  text
    .split(/[\s,，]+/)
    .map((line) => line.trim().toLowerCase())
    .filter((line) => line !== '');

function MailForm({ settings }: { settings: OutboundSettings }) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const change = useChangeOutbound(() => toast.done(c('common.saved')));
  const [draft, setDraft] = useState({
    ...settings,
    pageAddress: settings.pageAddress ?? window.location.origin,
    password: '',
    hosts: settings.allowedHosts.join('\n'),
  });
  const set = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { mailPort, mailSecurity, rowVersion, password } = draft;
    change.mutate({
      mailHost: textOf(draft.mailHost ?? ''),
      mailPort,
      mailSecurity,
      mailUser: textOf(draft.mailUser ?? ''),
      mailFrom: textOf(draft.mailFrom ?? ''),
      pageAddress: textOf(draft.pageAddress),
      allowedHosts: linesOf(draft.hosts),
      ...(password === '' ? {} : { mailPassword: password }),
      rowVersion,
    });
  };
  return (
    <Panel
      title={t('delivery.mail')}
      hint={settings.mailHost === null ? t('delivery.mail_missing') : t('delivery.mail_hint')}
    >
      <form className={styles['fields']} onSubmit={submit} noValidate>
        <div className={styles['pair']}>
          <Field label={t('delivery.mail_host')}>
            <Input
              value={draft.mailHost ?? ''}
              placeholder="smtp.example.com"
              onChange={(event) => set({ mailHost: event.target.value })}
            />
          </Field>
          <Field label={t('delivery.mail_port')}>
            <InputNumber
              min={1}
              max={65_535}
              style={{ width: '100%' }}
              value={draft.mailPort}
              placeholder={{ tls: '465', starttls: '587', none: '25' }[draft.mailSecurity]}
              onChange={(mailPort) => set({ mailPort })}
            />
          </Field>
          <Field label={t('delivery.mail_security')}>
            <Select
              value={draft.mailSecurity}
              options={(['tls', 'starttls', 'none'] as const).map((value) => ({
                value,
                label: t(`delivery.security.${value}`),
              }))}
              onChange={(mailSecurity) => set({ mailSecurity })}
            />
          </Field>
          <Field label={t('delivery.mail_from')}>
            <Input
              type="email"
              value={draft.mailFrom ?? ''}
              onChange={(event) => set({ mailFrom: event.target.value })}
            />
          </Field>
          <Field label={t('delivery.mail_user')} optional>
            <Input
              autoComplete="off"
              value={draft.mailUser ?? ''}
              onChange={(event) => set({ mailUser: event.target.value })}
            />
          </Field>
          <Field
            label={t('delivery.mail_password')}
            hint={settings.hasMailPassword ? t('delivery.kept_secret') : undefined}
            optional
          >
            <Input.Password
              autoComplete="new-password"
              value={draft.password}
              onChange={(event) => set({ password: event.target.value })}
            />
          </Field>
        </div>
        <Field label={t('delivery.page_address')} hint={t('delivery.page_address_hint')}>
          <Input
            value={draft.pageAddress}
            placeholder="https://"
            onChange={(event) => set({ pageAddress: event.target.value })}
          />
        </Field>
        <Field label={t('delivery.hosts')} hint={t('delivery.hosts_hint')} optional>
          <Input.TextArea
            rows={2}
            value={draft.hosts}
            onChange={(event) => set({ hosts: event.target.value })}
          />
        </Field>
        {change.isError ? <ErrorState error={change.error} size="band" /> : null}
        <div>
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {c('common.save')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function MailTest() {
  const t = useWords();
  const test = useTestMail();
  const [to, setTo] = useState('');
  return (
    <Panel title={t('delivery.mail_test')} hint={t('delivery.mail_test_hint')}>
      <div className={styles['fields']}>
        <Field label={t('delivery.mail_to')} optional>
          <Input type="email" value={to} onChange={(event) => setTo(event.target.value)} />
        </Field>
        <div>
          <Button loading={test.isPending} onClick={() => test.mutate(to.trim())}>
            {t('delivery.send_test')}
          </Button>
        </div>
        {test.isError ? <ErrorState error={test.error} size="band" /> : <TestNote result={test.data} />}
      </div>
    </Panel>
  );
}
