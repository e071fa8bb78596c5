import type { Command } from 'commander';

export interface OfTeam {
  team?: boolean;
}

/** What is to be done is one's own, or that of everybody whom one sees. */
export function addTeamOption(command: Command): Command {
  return command.option('--team', 'of everybody whom one sees, instead of one’s own');
}

/** As the server calls it. */
export const whoseOf = ({ team }: OfTeam): 'team' | 'mine' => (team === true ? 'team' : 'mine');

/** Rights that it takes. */
export const rightsOf = ({ team }: OfTeam) =>
  team === true ? (['tasks:read', 'tasks:read-team'] as const) : (['tasks:read'] as const);
