import type { SavedView } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Select, type SelectProps } from 'antd';
import { usePreferences } from '../../../../lib/preferences.js';
import { teamOptions, teamsQuery } from '../../../../lib/teams.js';
import { plainLabel } from '../../../../ui/plain-label.js';
import { useWords } from '../words.js';
import styles from './views.module.css';

export type Sharing = Pick<SavedView, 'isShared' | 'teamId'>;

/** The field around it gives it its id and its note. */
interface SharedWithProps extends Pick<SelectProps, 'id' | 'aria-describedby'> {
  sharing: Sharing;
  onChange: (sharing: Sharing) => void;
  /** Where no field names it. */
  label?: string;
}

/** Who sees a view: its maker alone, everybody, or a department with those below it. */
export function SharedWith({ sharing, onChange, label, ...field }: SharedWithProps) {
  const t = useWords();
  const { language } = usePreferences();
  const teams = useQuery(teamsQuery).data?.items ?? [];
  const departments = { label: t('customers.view.departments'), options: teamOptions(teams, language) };
  return (
    <Select<'nobody' | 'everybody' | number>
      {...field}
      {...(label === undefined ? {} : { 'aria-label': label })}
      className={styles['sharing'] ?? ''}
      showSearch={{ optionFilterProp: 'label' }}
      value={sharing.teamId ?? (sharing.isShared ? 'everybody' : 'nobody')}
      options={[
        { value: 'nobody', label: t('customers.view.nobody') },
        { value: 'everybody', label: t('customers.view.everybody') },
        ...(teams.length > 0 ? [departments] : []),
      ]}
      labelRender={plainLabel}
      onChange={(chosen) =>
        onChange({ isShared: chosen === 'everybody', teamId: typeof chosen === 'number' ? chosen : null })
      }
    />
  );
}
