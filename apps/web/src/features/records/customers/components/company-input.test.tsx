import type { CustomField } from '@kezi/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ownersQuery } from '../../../../lib/owners.js';
import { CompanyInput } from './company-input.js';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const field = (kind: CustomField['kind']): CustomField => ({
  customFieldId: 1,
  key: 'cf1',
  name: '字段',
  nameEn: null,
  kind,
  choices: ['甲'],
  isRequired: false,
  position: 10,
  rowVersion: 1,
});

/** The input, where the people to choose from are known already, and what it asked for. */
function show(kind: CustomField['kind'], value: string): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    const items = [{ userId: 16, name: '白露', teamId: null, teamName: null }];
    const headers = { 'content-type': 'application/json' };
    return Promise.resolve(new Response(JSON.stringify({ items }), { headers }));
  });
  const client = new QueryClient();
  client.setQueryData(ownersQuery.queryKey, { items: [], nextCursor: null });
  render(
    <QueryClientProvider client={client}>
      <CompanyInput field={field(kind)} label="字段" value={value} onChange={() => {}} />
    </QueryClientProvider>,
  );
  return asked;
}

it('names a person who may not be chosen', async () => {
  const asked = show('person', '16');
  await screen.findByText('白露');
  expect(asked).toEqual(['/api/v1/colleagues?userId=16']);
});

it.each([
  ['number', '60'],
  ['choice', '甲'],
  ['text', '16'],
] as const)('takes no value of a %s for a person', async (kind, value) => {
  const asked = show(kind, value);
  await waitFor(() => screen.getByText('字段'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toEqual([]);
});
