import type { Deputy } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printColumns, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';

interface OfOptions extends ServerOptions {
  of?: string;
}

interface AppointOptions extends OfOptions {
  from: string;
  to: string;
  note?: string;
}

/** One's own, or somebody else's for whoever manages users. */
const pathOf = ({ of }: OfOptions) =>
  of === undefined ? '/me/deputies' : `/users/${encodeURIComponent(of)}/deputies`;

function registerList(deputies: Command, language: () => Language): void {
  const list = deputies
    .command('list')
    .description('who stands in for you, and for whom you stand in')
    .option('--of <id>', 'of this user, for whoever manages users');
  addServerOptions(list).action((options: OfOptions) =>
    withServer(options, language(), options.of === undefined ? 'me:read' : 'users:write', async (client) => {
      const { items } = await client.call<{ items: Deputy[] }>('GET', pathOf(options));
      if (!process.stdout.isTTY) return items.forEach((row) => printJson(row));
      const words = ['id', 'absent', 'deputy', 'from', 'to', 'state'] as const;
      const lines = items.map((row) => [
        String(row.deputyId),
        row.userName,
        row.colleagueName,
        row.fromOn,
        row.toOn,
        say(language(), `deputy.state.${row.state}`),
      ]);
      printColumns([words.map((word) => say(language(), `deputy.${word}`)), ...lines], new Set([0]));
    }),
  );
}

/** `kezi deputy`: who has whose eyes while somebody is away. */
export function registerDeputy(program: Command, language: () => Language): void {
  const deputies = program
    .command('deputy')
    .description('who stands in for whom: sees and changes their customers from a day to a day');
  registerList(deputies, language);
  const appoint = deputies
    .command('appoint')
    .description('let a colleague stand in')
    .argument('<colleague>', 'id of the colleague')
    .requiredOption('--from <day>', 'the first day, yyyy-mm-dd')
    .requiredOption('--to <day>', 'the last day, yyyy-mm-dd')
    .option('--note <text>', 'why')
    .option('--of <id>', 'for this user, by whoever manages users');
  addServerOptions(appoint).action((colleague: string, options: AppointOptions) =>
    withServer(options, language(), options.of === undefined ? 'me:write' : 'users:write', async (client) => {
      const { from: fromOn, to: toOn, note } = options;
      const body = { colleagueId: Number(colleague), fromOn, toOn, note };
      printJson(await client.call<Deputy>('POST', pathOf(options), body));
    }),
  );
  const dismiss = deputies
    .command('dismiss')
    .description('end it at once')
    .argument('<id>', 'id of the list');
  addServerOptions(dismiss).action((id: string, options: ServerOptions) =>
    withServer(options, language(), ['me:write', 'users:write'], async (client) => {
      await client.call('DELETE', `/deputies/${encodeURIComponent(id)}`);
    }),
  );
}
