import type { z } from 'zod';
import type { linkOwner } from '@kezi/contract';
import { passwordFault, passwordLength } from '@kezi/contract';
import { Button, Input } from 'antd';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { toApiError, type ApiError } from '../../../../lib/api-error.js';
import { useGo } from '../../../../lib/navigate.js';
import { sessionQuery } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field } from '../../../../ui/field.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { linkQuery, useSetPassword } from '../api/links.js';
import { EntranceFrame } from '../components/entrance-frame.js';
import styles from '../components/form.module.css';
import { useWords } from '../words.js';

/** Where an invitation or a reset leads. The token stands behind the #, which browsers do not send to servers. */
export default function Enter() {
  const t = useWords();
  const [token] = useState(() => window.location.hash.slice(1));
  const link = useQuery({ ...linkQuery(token), enabled: token !== '' });
  const error = link.isError ? toApiError(link.error) : null;
  const ended = error?.code.startsWith('users.link_') ? error : null;
  return (
    <EntranceFrame title={t('entrance.enter')}>
      {token === '' ? (
        <p className={styles['soft']}>{t('entrance.enter.missing')}</p>
      ) : ended ? (
        <LinkEnded error={ended} />
      ) : (
        <QueryView query={link} skeleton={<SkeletonLines n={6} />}>
          {(owner) => <PasswordForm owner={owner} token={token} />}
        </QueryView>
      )}
    </EntranceFrame>
  );
}

/** Whoever holds a link that has run out or was used is told which, and where to go on. */
function LinkEnded({ error }: { error: ApiError }) {
  const t = useWords();
  return (
    <EmptyState
      picture="lock"
      title={t('entrance.enter.ended')}
      text={error.message}
      action={{ label: t('entrance.sign_in'), to: '/sign-in' }}
      example={<code>{error.code}</code>}
    />
  );
}

function PasswordForm({ owner, token }: { owner: z.infer<typeof linkOwner>; token: string }) {
  const t = useWords();
  const go = useGo();
  const client = useQueryClient();
  const set = useSetPassword();
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const short = passwordLength - Array.from(password).length;
  const fault = passwordFault(password, [owner.name, owner.email, owner.organisationName]);
  const said =
    short > 0
      ? t('entrance.password_short', { count: short })
      : fault
        ? t(`entrance.fault.${fault}`)
        : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (said !== undefined) return;
    const onSuccess = async () => {
      const session = await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
      go(session === null ? '/sign-in' : '/', { replace: true });
    };
    set.mutate({ token, password }, { onSuccess: () => void onSuccess() });
  };
  return (
    <>
      <h1>{t(`entrance.enter.${owner.kind}`, { name: owner.name })}</h1>
      <p className={styles['soft']}>{t('entrance.enter.text', { email: owner.email })}</p>
      <form className={styles['form']} onSubmit={submit} noValidate>
        <input type="email" autoComplete="username" value={owner.email} readOnly hidden />
        <Field
          label={t('entrance.new_password')}
          hint={t('entrance.password_hint')}
          error={tried ? said : undefined}
        >
          <Input.Password
            size="large"
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {set.isError ? <ErrorState error={set.error} size="band" /> : null}
        <Button type="primary" size="large" htmlType="submit" loading={set.isPending} block>
          {t('entrance.enter.save')}
        </Button>
      </form>
    </>
  );
}
