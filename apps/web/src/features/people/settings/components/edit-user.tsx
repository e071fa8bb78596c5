import { scopeOfRole } from '@kezi/contract';
import type { User, UserChange } from '@kezi/contract';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { AppLink } from '../../../../lib/navigate.js';
import { useSession } from '../../../../lib/session.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { Field } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useChangeUser } from '../api/users.js';
import { useWords } from '../words.js';
import { AccessFields } from './access-fields.js';
import styles from './settings.module.css';
import { UserAccess } from './user-access.js';

/** The contract's lower bound. */
const passwordLength = 10;

/** Every change is saved as it is made and can be taken back; only the password waits for its button. */
export default function EditUser({ user }: { user: User }) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const confirm = useConfirm();
  const me = useSession();
  const change = useChangeUser();
  const [name, setName] = useState(user.name);
  const [password, setPassword] = useState('');
  const short = passwordLength - Array.from(password).length;

  const save = (next: UserChange, before: UserChange, said: string) =>
    change.mutate(
      { user, change: next },
      {
        onSuccess: (saved) =>
          toast.undo(said, async () => {
            await change.mutateAsync({ user: saved, change: before });
            if (before.name !== undefined) setName(before.name);
          }),
        onError: (error) => toast.failed(error),
      },
    );
  const saveName = () => {
    const next = name.trim();
    if (next === '' || next === user.name) setName(user.name);
    else save({ name: next }, { name: user.name }, c('common.saved'));
  };
  const savePassword = () =>
    change.mutate(
      { user, change: { password } },
      {
        onSuccess: () => {
          setPassword('');
          toast.done(c('common.saved'));
        },
        onError: (error) => toast.failed(error),
      },
    );
  const switchAccount = async () => {
    const params = { name: user.name };
    const sure =
      user.disabled ||
      (await confirm({
        title: t('settings.users.disable_title', params),
        text: t('settings.users.disable_text'),
        action: t('settings.users.disable'),
        danger: true,
      }));
    const said = t(user.disabled ? 'settings.users.enabled_done' : 'settings.users.disabled_done', params);
    if (sure) save({ disabled: !user.disabled }, { disabled: user.disabled }, said);
  };

  return (
    <div className={styles['fields']}>
      <Field label={t('settings.users.name')}>
        <Input
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
          onBlur={saveName}
          onPressEnter={saveName}
        />
      </Field>
      <Field label={t('settings.users.email')}>
        <Input value={user.email} disabled />
      </Field>
      <AccessFields
        access={user}
        onChange={(next) => {
          const full = next.role === undefined ? next : { ...next, scope: scopeOfRole[next.role] };
          save(full, { role: user.role, scope: user.scope, teamId: user.teamId }, c('common.saved'));
        }}
      />
      <Field
        label={t('settings.users.password_reset')}
        hint={t('settings.users.password_reset_hint')}
        error={password !== '' && short > 0 ? t('settings.password.short', { count: short }) : undefined}
      >
        <Input.Password
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <div className={styles['row']}>
        <Button disabled={password === '' || short > 0} loading={change.isPending} onClick={savePassword}>
          {t('settings.users.password_reset')}
        </Button>
        {user.id === me.id ? null : (
          <Button danger={!user.disabled} onClick={() => void switchAccount()}>
            {t(user.disabled ? 'settings.users.enable' : 'settings.users.disable')}
          </Button>
        )}
      </div>
      <h3>{t('settings.access')}</h3>
      <UserAccess userId={user.id} />
      {user.disabled ? null : (
        <>
          <h3>{t('settings.users.away')}</h3>
          <p>
            <AppLink to={user.id === me.id ? '/settings/deputies' : `/settings/deputies?of=${user.id}`}>
              {t('settings.users.deputies')}
            </AppLink>
          </p>
        </>
      )}
    </div>
  );
}
