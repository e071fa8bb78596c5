import { colleagueList } from '@kezi/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { api } from '../lib/api.js';
import { useMaybeSession } from '../lib/session.js';

const colleaguesQuery = (search: string) =>
  queryOptions({
    queryKey: ['colleagues', search],
    queryFn: ({ signal }) => api.get('/colleagues', { query: { search }, schema: colleagueList, signal }),
    staleTime: 60_000,
  });

interface ColleagueSelectProps {
  id?: string;
  'aria-label'?: string;
  placeholder: string;
  value: number | undefined;
  onChange: (userId: number | undefined) => void;
  /** Who is not to be chosen, beside oneself. */
  except?: readonly number[];
}

/** Somebody who works here, of whatever department, found by name; oneself is not among them. */
export function ColleagueSelect({ value, onChange, except, ...control }: ColleagueSelectProps) {
  const [search, setSearch] = useState('');
  const own = useMaybeSession()?.id;
  const people = useQuery(colleaguesQuery(search)).data?.items ?? [];
  return (
    <Select<number>
      {...control}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      allowClear
      value={value ?? null}
      style={{ minWidth: 180 }}
      options={people
        .filter((one) => one.userId !== own && !(except?.includes(one.userId) ?? false))
        .map((one) => ({
          value: one.userId,
          label: one.teamName === null ? one.name : `${one.name} · ${one.teamName}`,
        }))}
      onChange={(userId?: number) => onChange(userId)}
    />
  );
}
