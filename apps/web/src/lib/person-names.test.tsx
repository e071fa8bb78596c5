import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { usePersonName, useWithChosen } from './person-names.js';

const everybody = new Map([
  [1, '林晓'],
  [2, '周明'],
  [3, '已离职的人'],
]);

/** Answers as `/colleagues` does, and keeps what was asked. */
function serveNames(): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    const ids = new URL(path, 'http://kezi.test').searchParams.getAll('userId').map(Number);
    const items = ids.flatMap((userId) => {
      const name = everybody.get(userId);
      return name === undefined ? [] : [{ userId, name, teamId: null, teamName: null }];
    });
    const headers = { 'content-type': 'application/json' };
    return Promise.resolve(new Response(JSON.stringify({ items }), { headers }));
  });
  return asked;
}

const show = (node: React.ReactNode) =>
  render(<QueryClientProvider client={new QueryClient()}>{node}</QueryClientProvider>);

function Named({ userId }: { userId: number }) {
  return <li>{usePersonName(userId) ?? '–'}</li>;
}

function Choices({ chosen }: { chosen: number[] }) {
  return (
    <p>
      {useWithChosen([{ id: 1, name: '林晓' }], chosen)
        .map(({ name }) => name)
        .join(' ')}
    </p>
  );
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('names everybody on a page in one request, and leaves out whom nobody knows', async () => {
  const asked = serveNames();
  const { container } = show([1, 2, 3, 9].map((userId) => <Named key={userId} userId={userId} />));
  const page = within(container);
  await page.findByText('已离职的人');
  expect(page.getAllByRole('listitem').map((one) => one.textContent)).toEqual([
    '林晓',
    '周明',
    '已离职的人',
    '–',
  ]);
  expect(asked).toHaveLength(1);
});

it('adds to the people to choose from who is chosen already, and asks for no other', async () => {
  const asked = serveNames();
  show(<Choices chosen={[1, 3, 3, 9]} />);
  await screen.findByText('林晓 已离职的人');
  expect(asked.join(' ')).toMatch(/userId=3&userId=9$/);
});

it('asks for nobody where all who are chosen may be chosen', async () => {
  const asked = serveNames();
  show(<Choices chosen={[1]} />);
  await screen.findByText('林晓');
  expect(asked).toEqual([]);
});
