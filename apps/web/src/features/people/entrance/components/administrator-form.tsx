import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { usePreferences } from '../../../../lib/preferences.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field } from '../../../../ui/field.js';
import { currencyOptions, timeZoneOptions } from '../../../../ui/choices.js';
import { useSetUp } from '../api/enter.js';
import { useWords } from '../words.js';
import styles from './form.module.css';
import { checkAdministrator } from './check-administrator.js';
import type { AdministratorDraft } from './check-administrator.js';

interface AdministratorFormProps {
  codeNeeded: boolean;
  onDone: () => void;
}

const blank: AdministratorDraft = {
  code: '',
  organisationName: '',
  name: '',
  email: '',
  password: '',
  baseCurrency: 'CNY',
  timeZone: 'Asia/Shanghai',
};

export function AdministratorForm({ codeNeeded, onDone }: AdministratorFormProps) {
  const t = useWords();
  const { language } = usePreferences();
  const setUp = useSetUp();
  const [draft, setDraft] = useState(blank);
  const [tried, setTried] = useState(false);
  const faults = tried ? checkAdministrator(draft, codeNeeded) : {};
  const text = (field: keyof AdministratorDraft) => ({
    value: draft[field],
    onChange: (event: { target: { value: string } }) => {
      setDraft({ ...draft, [field]: event.target.value });
      // What the server said was about the answers before this one.
      if (setUp.isError) setUp.reset();
    },
  });
  const said = (field: keyof AdministratorDraft) => {
    const fault = faults[field];
    return fault === undefined ? undefined : t(fault.word, fault.params);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(checkAdministrator(draft, codeNeeded)).length > 0) return;
    const { code, ...rest } = draft;
    setUp.mutate({ ...rest, language, ...(codeNeeded ? { code: code.trim() } : {}) }, { onSuccess: onDone });
  };
  return (
    <>
      <h1>{t('entrance.welcome_title')}</h1>
      <p className={styles['soft']}>{t('entrance.administrator_text')}</p>
      <form className={styles['form']} onSubmit={submit} noValidate>
        {codeNeeded ? (
          <Field label={t('entrance.code')} hint={t('entrance.code_hint')} error={said('code')}>
            <Input autoComplete="one-time-code" {...text('code')} />
          </Field>
        ) : null}
        <Field label={t('entrance.organisation')} error={said('organisationName')}>
          <Input
            autoComplete="organization"
            placeholder={t('entrance.organisation_example')}
            {...text('organisationName')}
          />
        </Field>
        <Field label={t('entrance.name')} error={said('name')}>
          <Input autoComplete="name" {...text('name')} />
        </Field>
        <Field label={t('entrance.email')} error={said('email')}>
          <Input type="email" autoComplete="username" {...text('email')} />
        </Field>
        <Field label={t('entrance.new_password')} hint={t('entrance.password_hint')} error={said('password')}>
          <Input.Password autoComplete="new-password" {...text('password')} />
        </Field>
        <details className={styles['more']}>
          <summary>{t('entrance.more')}</summary>
          <div className={styles['pair']}>
            <Field label={t('entrance.currency')}>
              <Select
                showSearch
                value={draft.baseCurrency}
                options={currencyOptions(language)}
                onChange={(baseCurrency: string) => setDraft({ ...draft, baseCurrency })}
              />
            </Field>
            <Field label={t('entrance.time_zone')} hint={t('entrance.time_zone_hint')}>
              <Select
                showSearch
                value={draft.timeZone}
                options={timeZoneOptions()}
                onChange={(timeZone: string) => setDraft({ ...draft, timeZone })}
              />
            </Field>
          </div>
        </details>
        {setUp.isError ? <ErrorState error={setUp.error} size="band" /> : null}
        <Button type="primary" size="large" htmlType="submit" loading={setUp.isPending} block>
          {t('entrance.create')}
        </Button>
      </form>
    </>
  );
}
