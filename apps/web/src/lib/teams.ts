import { teamList, type Team } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from './api.js';

/** All departments, by name. Shared: people are placed in them, and views shown to them. */
export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) => api.get('/teams', { schema: teamList, signal }),
});

interface TeamNode {
  team: Team;
  depth: number;
}

/** Teams in the order of a tree, children below their parent, siblings by name. One whose parent is missing stands at the top. */
export function teamTree(teams: readonly Team[], language: string): TeamNode[] {
  const ids = new Set(teams.map((team) => team.id));
  const byParent = new Map<number | null, Team[]>();
  for (const team of teams) {
    const parent = team.parentId !== null && ids.has(team.parentId) ? team.parentId : null;
    byParent.set(parent, [...(byParent.get(parent) ?? []), team]);
  }
  const walk = (parent: number | null, depth: number): TeamNode[] =>
    (byParent.get(parent) ?? [])
      .sort((one, other) => one.name.localeCompare(other.name, language))
      .flatMap((team) => [{ team, depth }, ...walk(team.id, depth + 1)]);
  return walk(null, 0);
}

/** The team itself and all below it: where it may not be moved to. */
export function teamAndBelow(teams: readonly Team[], id: number): ReadonlySet<number> {
  const found = new Set([id]);
  let grown = true;
  while (grown) {
    const before = found.size;
    for (const team of teams) if (team.parentId !== null && found.has(team.parentId)) found.add(team.id);
    grown = found.size > before;
  }
  return found;
}

/** For a select: indented by depth. */
export function teamOptions(teams: readonly Team[], language: string): { value: number; label: string }[] {
  return teamTree(teams, language).map(({ team, depth }) => ({
    value: team.id,
    label: `${'\u2003'.repeat(depth)}${team.name}`,
  }));
}
