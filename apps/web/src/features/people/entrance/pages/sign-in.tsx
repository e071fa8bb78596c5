import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { useGo, useSearch } from '../../../../lib/navigate.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field } from '../../../../ui/field.js';
import { setupQuery, useSignIn } from '../api/enter.js';
import { EntranceFrame } from '../components/entrance-frame.js';
import styles from '../components/form.module.css';
import { useWords } from '../words.js';

/** Where the reader wanted to go; only within this program. */
const signInSearch = z.object({
  to: z
    .string()
    .regex(/^\/(?![/\\])/)
    .catch('/'),
});

export default function SignIn() {
  const t = useWords();
  const go = useGo();
  const [{ to }] = useSearch(signInSearch);
  const setup = useQuery(setupQuery);
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const needed = setup.data?.needed === true;
  useEffect(() => {
    if (needed) go('/welcome', { replace: true });
  }, [needed, go]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (email.trim() === '' || password === '') return;
    signIn.mutate({ email, password }, { onSuccess: () => go(to, { replace: true }) });
  };
  const missing = (value: string) => (tried && value.trim() === '' ? t('entrance.missing') : undefined);

  return (
    <EntranceFrame title={t('entrance.sign_in')}>
      <h1>{t('entrance.sign_in_title')}</h1>
      {to === '/' ? null : <p className={styles['soft']}>{t('entrance.ended')}</p>}
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
        {signIn.isError ? <ErrorState error={signIn.error} size="band" /> : null}
        {setup.isError ? (
          <ErrorState error={setup.error} size="band" onRetry={() => void setup.refetch()} />
        ) : null}
        <Button type="primary" size="large" htmlType="submit" loading={signIn.isPending} block>
          {t('entrance.sign_in')}
        </Button>
        <p className={styles['faint']}>{t('entrance.forgot')}</p>
      </form>
    </EntranceFrame>
  );
}
