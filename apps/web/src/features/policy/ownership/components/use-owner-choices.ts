import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ownersQuery } from '../../../../lib/owners.js';

/** Colleagues to choose from, by name; those who have left are not among them. */
export function useOwnerChoices(except?: number) {
  const owners = useQuery(ownersQuery).data;
  return useMemo(
    () =>
      (owners ?? [])
        .filter((user) => user.id !== except)
        .map((user) => ({ value: user.id, label: user.name })),
    [owners, except],
  );
}

/** Finds a choice by what it is called. */
export const byLabel = (input: string, option?: { label?: unknown }) =>
  typeof option?.label === 'string' && option.label.toLowerCase().includes(input.toLowerCase());
