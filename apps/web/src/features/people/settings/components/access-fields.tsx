import { roles, scopes, type Role, type Scope } from '@kezi/contract';
import { Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { usePreferences } from '../../../../lib/preferences.js';
import { teamOptions, teamsQuery } from '../../../../lib/teams.js';
import { Field } from '../../../../ui/field.js';
import { plainLabel } from '../../../../ui/plain-label.js';
import { useWords } from '../words.js';
import styles from './settings.module.css';

export interface Access {
  role: Role;
  scope: Scope;
  teamId: number | null;
}

interface AccessFieldsProps {
  access: Access;
  onChange: (change: Partial<Access>) => void;
}

/** What a person may do (role), whose customers they see (scope, team). */
export function AccessFields({ access, onChange }: AccessFieldsProps) {
  const t = useWords();
  const group = useId();
  const { language } = usePreferences();
  const teams = useQuery(teamsQuery).data?.items ?? [];
  const isAdministrator = access.role === 'administrator';
  // Which departments are chosen is said on the page of data scopes.
  const offered = scopes.filter((scope) => scope !== 'chosen' || access.scope === 'chosen');
  return (
    <>
      <fieldset className={styles['fieldset']}>
        <legend>{t('settings.users.role')}</legend>
        <div className={styles['roles']}>
          {roles.map((role) => (
            <label key={role} className={styles['role']}>
              <input
                type="radio"
                name={group}
                checked={access.role === role}
                onChange={() => onChange({ role })}
              />
              <strong>{t(`settings.role.${role}`)}</strong>
              <span>{t(`settings.role.${role}_text`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <Field label={t('settings.users.team')}>
        <Select<number>
          showSearch={{ optionFilterProp: 'label' }}
          allowClear
          value={access.teamId}
          placeholder={t('settings.users.no_team')}
          options={teamOptions(teams, language)}
          labelRender={plainLabel}
          onChange={(teamId) => onChange({ teamId: teamId ?? null })}
        />
      </Field>
      <Field
        label={t('settings.users.scope')}
        hint={isAdministrator ? t('settings.users.scope_administrator') : undefined}
      >
        <Select<Scope>
          value={access.scope}
          disabled={isAdministrator}
          options={offered.map((scope) => ({ value: scope, label: t(`settings.scope.${scope}`) }))}
          onChange={(scope) => onChange({ scope })}
        />
      </Field>
    </>
  );
}
