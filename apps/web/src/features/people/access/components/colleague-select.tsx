import { Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMaybeSession } from '../../../../lib/session.js';
import { colleaguesQuery } from '../api/access.js';
import { useWords } from '../words.js';

interface ColleagueSelectProps {
  id?: string;
  value: number | undefined;
  onChange: (userId: number | undefined) => void;
}

/** Somebody who works here, found by name; oneself is not among them. */
export function ColleagueSelect({ value, onChange, ...control }: ColleagueSelectProps) {
  const t = useWords();
  const [search, setSearch] = useState('');
  const own = useMaybeSession()?.id;
  const people = useQuery(colleaguesQuery(search)).data?.items ?? [];
  return (
    <Select<number>
      {...control}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      allowClear
      value={value ?? null}
      placeholder={t('access.share.pick')}
      options={people
        .filter((one) => one.userId !== own)
        .map((one) => ({
          value: one.userId,
          label: one.teamName === null ? one.name : `${one.name} · ${one.teamName}`,
        }))}
      onChange={(userId?: number) => onChange(userId)}
    />
  );
}
