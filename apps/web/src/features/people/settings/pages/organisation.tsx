import type { Settings } from '@kezi/contract';
import { Input, Segmented, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { usePreferences } from '../../../../lib/preferences.js';
import { currencyOptions, timeZoneOptions } from '../../../../ui/choices.js';
import { Field } from '../../../../ui/field.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { organisationQuery, useChangeOrganisation } from '../api/organisation.js';
import styles from '../components/settings.module.css';
import { useWords } from '../words.js';

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchQuery(organisationQuery);
}

export default function Organisation() {
  const t = useWords();
  const query = useQuery(organisationQuery);
  return (
    <Page title={t('settings.organisation')} subtitle={t('settings.organisation.hint')} width="reading">
      <Panel>
        <QueryView query={query} skeleton={<SkeletonLines n={8} />}>
          {(settings) => <OrganisationForm settings={settings} />}
        </QueryView>
      </Panel>
    </Page>
  );
}

type Change = Partial<Omit<Settings, 'rowVersion'>>;

/** Every field is saved as it is left, and can be taken back. */
function OrganisationForm({ settings }: { settings: Settings }) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const { language } = usePreferences();
  const change = useChangeOrganisation();
  const [name, setName] = useState(settings.organisationName);
  const save = (next: Change, before: Change) =>
    change.mutate(
      { ...next, rowVersion: settings.rowVersion },
      {
        onSuccess: (saved) =>
          toast.undo(c('common.saved'), async () => {
            await change.mutateAsync({ ...before, rowVersion: saved.rowVersion });
            if (before.organisationName !== undefined) setName(before.organisationName);
          }),
        onError: (error) => toast.failed(error),
      },
    );
  const saveName = () => {
    const organisationName = name.trim();
    if (organisationName === '' || organisationName === settings.organisationName) return;
    save({ organisationName }, { organisationName: settings.organisationName });
  };
  return (
    <div className={styles['fields']}>
      <Field
        label={t('settings.organisation.name')}
        error={name.trim() === '' ? t('settings.organisation.missing') : undefined}
      >
        <Input
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
          onBlur={saveName}
          onPressEnter={saveName}
        />
      </Field>
      <Field label={t('settings.organisation.currency')} hint={t('settings.organisation.currency_hint')}>
        <Select
          showSearch
          value={settings.baseCurrency}
          options={currencyOptions(language)}
          onChange={(baseCurrency: string) => save({ baseCurrency }, { baseCurrency: settings.baseCurrency })}
        />
      </Field>
      <Field label={t('settings.organisation.time_zone')} hint={t('settings.organisation.time_zone_hint')}>
        <Select
          showSearch
          value={settings.timeZone}
          options={timeZoneOptions()}
          onChange={(timeZone: string) => save({ timeZone }, { timeZone: settings.timeZone })}
        />
      </Field>
      <Field label={t('settings.organisation.language')} hint={t('settings.organisation.language_hint')}>
        <Segmented<Settings['language']>
          value={settings.language}
          options={[
            { value: 'zh-CN', label: '简体中文' },
            { value: 'en-US', label: 'English' },
          ]}
          onChange={(next) => save({ language: next }, { language: settings.language })}
        />
      </Field>
      <Field label={t('settings.organisation.up_colour')}>
        <Segmented<Settings['upColour']>
          value={settings.upColour}
          options={[
            { value: 'red', label: t('settings.me.rise.red') },
            { value: 'green', label: t('settings.me.rise.green') },
          ]}
          onChange={(upColour) => save({ upColour }, { upColour: settings.upColour })}
        />
      </Field>
    </div>
  );
}
