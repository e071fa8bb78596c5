import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { setPreferences, usePreferences } from '../../../../lib/preferences.js';
import type { Language, RiseColour, ThemeChoice } from '../../../../lib/preferences.js';
import { useRiseIsRed } from '../../../../lib/rise-colour.js';
import { useSession } from '../../../../lib/session.js';
import { changeLanguage } from '../../../../lib/words.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { useErrorText } from '../../../../ui/error-text.js';
import { Field } from '../../../../ui/field.js';
import { KeyValues } from '../../../../ui/key-values.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useChangePassword, useChangePreferences } from '../api/own-preferences.js';
import styles from '../components/settings.module.css';
import { useWords } from '../words.js';

export default function MyPreferences() {
  const t = useWords();
  return (
    <Page title={t('settings.me')} width="reading">
      <div className={styles['columns']}>
        <div className={styles['stack']}>
          <Profile />
          <Password />
        </div>
        <Look />
      </div>
    </Page>
  );
}

function Profile() {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const session = useSession();
  const change = useChangePreferences();
  const [name, setName] = useState(session.name);
  const save = () => {
    const next = name.trim();
    if (next === '' || next === session.name) return setName(session.name);
    const before = session.name;
    return change.mutate(
      { name: next },
      {
        onSuccess: () =>
          toast.undo(c('common.saved'), async () => {
            await change.mutateAsync({ name: before });
            setName(before);
          }),
        onError: (error) => toast.failed(error),
      },
    );
  };
  return (
    <Panel title={t('settings.me.profile')}>
      <div className={styles['fields']}>
        <Field label={t('settings.me.name')}>
          <Input
            value={name}
            maxLength={100}
            autoComplete="name"
            onChange={(event) => setName(event.target.value)}
            onBlur={save}
            onPressEnter={save}
          />
        </Field>
        <KeyValues
          items={[
            { id: 'email', label: t('settings.me.email'), value: session.email },
            { id: 'role', label: t('settings.me.role'), value: t(`settings.role.${session.role}`) },
            { id: 'scope', label: t('settings.users.scope'), value: t(`settings.scope.${session.scope}`) },
          ]}
        />
        <p className={styles['note']}>{t('settings.me.email_hint')}</p>
      </div>
    </Panel>
  );
}

function Look() {
  const t = useWords();
  const toast = useToast();
  const { language, theme, rise } = usePreferences();
  const riseIsRed = useRiseIsRed();
  const change = useChangePreferences();
  const keep = (next: { language?: Language; theme?: ThemeChoice }) =>
    change.mutate(next, { onError: (error) => toast.failed(error) });
  const pickLanguage = async (next: Language) => {
    setPreferences({ language: next });
    await changeLanguage(next);
    document.documentElement.lang = next;
    keep({ language: next });
  };
  const [up, down] = riseIsRed ? ['var(--kz-red)', 'var(--kz-green)'] : ['var(--kz-green)', 'var(--kz-red)'];
  return (
    <Panel title={t('settings.me.look')} hint={t('settings.me.look_hint')}>
      <div className={styles['fields']}>
        <Field label={t('settings.me.language')}>
          <Segmented<Language>
            value={language}
            options={[
              { value: 'zh-CN', label: '简体中文' },
              { value: 'en-US', label: 'English' },
            ]}
            onChange={(next) => void pickLanguage(next)}
          />
        </Field>
        <Field label={t('settings.me.theme')}>
          <Segmented<ThemeChoice>
            value={theme}
            options={(['light', 'dark', 'system'] as const).map((value) => ({
              value,
              label: t(`settings.me.theme.${value}`),
            }))}
            onChange={(next) => {
              setPreferences({ theme: next });
              keep({ theme: next });
            }}
          />
        </Field>
        <Field label={t('settings.me.rise')} hint={t('settings.me.rise_hint')}>
          <Segmented<RiseColour>
            value={rise}
            options={(['auto', 'red', 'green'] as const).map((value) => ({
              value,
              label: t(`settings.me.rise.${value}`),
            }))}
            onChange={(next) => setPreferences({ rise: next })}
          />
        </Field>
        <p className={styles['example']} aria-label={t('settings.me.rise_example')}>
          <span style={{ color: up }}>{'↑ 3.2%'}</span>
          <span style={{ color: down }}>{'↓ 1.8%'}</span>
        </p>
      </div>
    </Panel>
  );
}

/** The contract's lower bound. */
const passwordLength = 10;

function Password() {
  const t = useWords();
  const errorText = useErrorText();
  const change = useChangePassword();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const short = passwordLength - Array.from(next).length;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (current !== '' && short <= 0) change.mutate({ current, next });
  };
  const wrongCurrent = change.error?.code === 'users.wrong_password' ? errorText(change.error) : undefined;
  const missing = tried && current === '' ? t('settings.password.missing') : undefined;
  return (
    <Panel title={t('settings.password')} hint={t('settings.password.hint')}>
      <form id="password" className={styles['fields']} onSubmit={submit} noValidate>
        <Field label={t('settings.password.current')} error={missing ?? wrongCurrent}>
          <Input.Password
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
        <Field
          label={t('settings.password.next')}
          hint={t('settings.password.next_hint')}
          error={tried && short > 0 ? t('settings.password.short', { count: short }) : undefined}
        >
          <Input.Password
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        </Field>
        {change.isError && wrongCurrent === undefined ? (
          <ErrorState error={change.error} size="band" />
        ) : null}
        <div>
          <Button htmlType="submit" loading={change.isPending}>
            {t('settings.password.change')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
