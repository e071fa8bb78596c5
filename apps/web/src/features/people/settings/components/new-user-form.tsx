import { scopeOfRole } from '@kezi/contract';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { useCreateUser } from '../api/users.js';
import { useWords } from '../words.js';
import { AccessFields } from './access-fields.js';
import type { Access } from './access-fields.js';
import styles from './settings.module.css';
import { UserAccess } from './user-access.js';

const emailPattern = /^\S+@\S+\.\S+$/;
/** The contract's lower bound. */
const passwordLength = 10;

export default function NewUserForm({ onDone }: { onDone: () => void }) {
  const t = useWords();
  const toast = useToast();
  const create = useCreateUser();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [access, setAccess] = useState<Access>({ role: 'member', scope: scopeOfRole.member, teamId: null });
  const [invited, setInvited] = useState<number | null>(null);
  const [tried, setTried] = useState(false);
  const short = passwordLength - Array.from(password).length;
  const isRight = name.trim() !== '' && emailPattern.test(email.trim()) && (password === '' || short <= 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isRight) return;
    create.mutate(
      { name, email, ...(password === '' ? {} : { password }), ...access },
      {
        onSuccess: (user) => {
          toast.done(t('settings.users.created', { name: user.name }));
          if (password === '') setInvited(user.id);
          else onDone();
        },
      },
    );
  };
  const missing = t('settings.password.missing');
  if (invited !== null) return <UserAccess userId={invited} />;
  return (
    <form className={styles['fields']} onSubmit={submit} noValidate>
      <Field label={t('settings.users.name')} error={tried && name.trim() === '' ? missing : undefined}>
        <Input autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field
        label={t('settings.users.email')}
        hint={t('settings.users.email_hint')}
        error={tried && !emailPattern.test(email.trim()) ? missing : undefined}
      >
        <Input
          type="email"
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <Field
        label={t('settings.users.password')}
        hint={t('settings.users.password_optional')}
        error={
          tried && password !== '' && short > 0 ? t('settings.password.short', { count: short }) : undefined
        }
      >
        <Input.Password
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <AccessFields
        access={access}
        // A new role brings the scope that goes with it.
        onChange={(change) =>
          setAccess({
            ...access,
            ...(change.role === undefined ? {} : { scope: scopeOfRole[change.role] }),
            ...change,
          })
        }
      />
      {create.isError ? <ErrorState error={create.error} size="band" /> : null}
      <Button type="primary" htmlType="submit" loading={create.isPending}>
        {t('settings.users.new')}
      </Button>
    </form>
  );
}
