import { roles } from '@kezi/contract';
import type { Role, SignInPolicy } from '@kezi/contract';
import { Button, Checkbox, Input } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field } from '../../../../ui/field.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { policyQuery, useChangePolicy } from '../api/security.js';
import { useWords } from '../words.js';
import styles from './security.module.css';

/** The administrator's rules: who needs a second factor, and where single sign-on leads. */
export function SignInRules() {
  const query = useQuery(policyQuery);
  return (
    <QueryView query={query} skeleton={<SkeletonLines n={6} />}>
      {(policy) => (
        <>
          <FactorRule policy={policy} />
          <SsoRule key={policy.rowVersion} policy={policy} />
        </>
      )}
    </QueryView>
  );
}

function FactorRule({ policy }: { policy: SignInPolicy }) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const change = useChangePolicy(() => toast.done(c('common.saved')));
  const save = (secondFactorRoles: Role[]) =>
    change.mutate(
      { secondFactorRoles, rowVersion: policy.rowVersion },
      { onError: (error) => toast.failed(error) },
    );
  return (
    <Panel title={t('security.rule')} hint={t('security.rule_hint')}>
      <Checkbox.Group<Role>
        value={policy.secondFactorRoles}
        options={roles.map((role) => ({ value: role, label: t(`security.role.${role}`) }))}
        onChange={save}
      />
    </Panel>
  );
}

function SsoRule({ policy }: { policy: SignInPolicy }) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const change = useChangePolicy(() => toast.done(c('common.saved')));
  const [issuer, setIssuer] = useState(policy.ssoIssuer ?? '');
  const [clientId, setClientId] = useState(policy.ssoClientId ?? '');
  const [secret, setSecret] = useState('');
  const [label, setLabel] = useState(policy.ssoLabel ?? '');
  const textOf = (text: string) => (text.trim() === '' ? null : text.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({
      ssoIssuer: textOf(issuer),
      ssoClientId: textOf(clientId),
      ssoLabel: textOf(label),
      ...(secret === '' ? {} : { ssoClientSecret: secret }),
      rowVersion: policy.rowVersion,
    });
  };
  return (
    <Panel title={t('security.sso')} hint={t('security.sso_hint')}>
      <form className={styles['form']} onSubmit={submit} noValidate>
        <Field label={t('security.sso_issuer')} hint={t('security.sso_issuer_hint')}>
          <Input value={issuer} placeholder="https://" onChange={(event) => setIssuer(event.target.value)} />
        </Field>
        <Field label={t('security.sso_client')}>
          <Input value={clientId} onChange={(event) => setClientId(event.target.value)} />
        </Field>
        <Field label={t('security.sso_secret')} hint={t('security.sso_secret_hint')}>
          <Input.Password
            autoComplete="off"
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        </Field>
        <Field label={t('security.sso_label')}>
          <Input
            value={label}
            maxLength={60}
            placeholder={t('security.sso_label_example')}
            onChange={(event) => setLabel(event.target.value)}
          />
        </Field>
        <p className={styles['faint']}>
          {t('security.sso_callback')} <code>{`${window.location.origin}/api/v1/auth/sso/callback`}</code>
        </p>
        {change.isError ? <ErrorState error={change.error} size="band" /> : null}
        <div>
          <Button htmlType="submit" loading={change.isPending}>
            {c('common.save')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
