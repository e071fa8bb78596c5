import { Button, Input } from 'antd';
import type { InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '../../../../lib/api.js';
import { ApiError } from '../../../../lib/api-error.js';
import { useGo, useSearch } from '../../../../lib/navigate.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field } from '../../../../ui/field.js';
import { setupQuery, useSignIn } from '../api/enter.js';
import { waysQuery } from '../api/links.js';
import { EntranceFrame } from '../components/entrance-frame.js';
import styles from '../components/form.module.css';
import { useWords } from '../words.js';

const refusals = [
  'session.sso_not_found',
  'session.sso_unavailable',
  'session.sso_refused',
  'session.sso_declined_refused',
  'session.sso_unknown_refused',
] as const;

/** Where the reader wanted to go; only within this program. */
const signInSearch = z.object({
  to: z
    .string()
    .regex(/^\/(?![/\\])/)
    .catch('/'),
  /** Why single sign-on did not let the reader in. */
  refused: z.enum(refusals).optional().catch(undefined),
});

export default function SignIn() {
  const t = useWords();
  const go = useGo();
  const [{ to, refused }] = useSearch(signInSearch);
  const ways = useQuery(waysQuery);
  const setup = useQuery(setupQuery);
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const codeField = useRef<InputRef>(null);
  const [tried, setTried] = useState(false);
  const needed = setup.data?.needed === true;
  useEffect(() => {
    if (needed) go('/welcome', { replace: true });
  }, [needed, go]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (email.trim() === '' || password === '') return;
    const given = code.trim() === '' ? {} : { code: code.trim() };
    signIn.mutate({ email, password, ...given }, { onSuccess: () => go(to, { replace: true }) });
  };
  /** The password was right and a code is asked for; it stays so while the code is wrong. */
  const isCodeAsked = signIn.error?.code === 'session.code_needed';
  const needsCode = isCodeAsked || code !== '' || signIn.error?.code === 'session.code_refused';
  useEffect(() => {
    if (isCodeAsked) codeField.current?.focus();
  }, [isCodeAsked]);
  const missing = (value: string) => (tried && value.trim() === '' ? t('entrance.missing') : undefined);

  // On a first start the form would be seen for a moment, with nobody who could sign in.
  if (setup.isPending || needed)
    return (
      <EntranceFrame key="waiting" title={t('entrance.sign_in')}>
        {null}
      </EntranceFrame>
    );
  return (
    <EntranceFrame title={t('entrance.sign_in')}>
      <h1>{t('entrance.sign_in_title')}</h1>
      {to === '/' || refused !== undefined ? null : <p className={styles['soft']}>{t('entrance.ended')}</p>}
      <form className={styles['form']} onSubmit={submit} noValidate>
        <Field label={t('entrance.email')} error={missing(email)}>
          <Input
            type="email"
            size="large"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field label={t('entrance.password')} error={missing(password)}>
          <Input.Password
            size="large"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {needsCode ? (
          <Field label={t('entrance.second_code')} hint={t('entrance.second_code_hint')}>
            <Input
              size="large"
              ref={codeField}
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </Field>
        ) : null}
        {refused !== undefined && !signIn.isError ? (
          <ErrorState
            error={new ApiError({ status: 0, code: refused, detail: t(`entrance.refused.${refused}`) })}
            size="band"
          />
        ) : null}
        {signIn.isError && !isCodeAsked ? <ErrorState error={signIn.error} size="band" /> : null}
        {setup.isError ? (
          <ErrorState error={setup.error} size="band" onRetry={() => void setup.refetch()} />
        ) : null}
        <Button type="primary" size="large" htmlType="submit" loading={signIn.isPending} block>
          {t('entrance.sign_in')}
        </Button>
        {ways.data?.sso ? (
          <Button size="large" block href={api.url('/auth/sso', { to })}>
            {ways.data.sso.label}
          </Button>
        ) : null}
        <p className={styles['faint']}>{t('entrance.forgot')}</p>
      </form>
    </EntranceFrame>
  );
}
