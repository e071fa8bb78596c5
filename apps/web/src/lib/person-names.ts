import { colleagueList } from '@kezi/contract';
import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { api } from './api.js';

type Names = ReadonlyMap<number, string>;

/** The server names so many people in one answer. */
const mostAtOnce = 200;

let asked: Set<number> | null = null;
let answer: Promise<Names> = Promise.resolve(new Map());

async function askNames(ids: readonly number[]): Promise<Names> {
  const names = new Map<number, string>();
  for (let from = 0; from < ids.length; from += mostAtOnce) {
    const { items } = await api.get('/colleagues', {
      query: { userId: ids.slice(from, from + mostAtOnce) },
      schema: colleagueList,
    });
    for (const { userId, name } of items) names.set(userId, name);
  }
  return names;
}

/** The name of one of many: all that are asked for while a page is drawn go in one request. */
async function nameOf(userId: number): Promise<string | null> {
  if (asked === null) {
    const together = new Set<number>();
    asked = together;
    answer = new Promise((resolve) => setTimeout(resolve)).then(() => {
      asked = null;
      return askNames([...together]);
    });
  }
  asked.add(userId);
  return (await answer).get(userId) ?? null;
}

const personNameQuery = (userId: number) =>
  queryOptions({
    queryKey: ['colleagues', 'name', userId],
    queryFn: () => nameOf(userId),
    staleTime: 5 * 60_000,
  });

/**
 * Who an id is, of whatever department and also when they have left: names are no secret within the company. What may
 * be chosen is another matter (`ownersQuery`). Undefined until it is known, null where there is nobody of the id.
 */
export function usePersonName(userId: number | null): string | null | undefined {
  return useQuery({ ...personNameQuery(userId ?? 0), enabled: userId !== null }).data;
}

/** People to choose from, and whoever is chosen already: without a name of theirs a number would stand there. */
export function useWithChosen<Person extends { id: number; name: string }>(
  people: readonly Person[] | undefined,
  chosen: readonly number[],
): { id: number; name: string }[] {
  const missing =
    people === undefined ? [] : [...new Set(chosen)].filter((id) => people.every((one) => one.id !== id));
  const names = useQueries({ queries: missing.map(personNameQuery) });
  return [
    ...(people ?? []),
    ...missing.flatMap((id, at) => {
      const name = names[at]?.data;
      return name === undefined || name === null ? [] : [{ id, name }];
    }),
  ];
}
