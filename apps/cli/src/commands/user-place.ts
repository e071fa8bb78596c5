import { scopes, type Placement, type Scope, type Team, type User } from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import type { ServerOptions } from './customer-server.js';
import { pagesOf } from './pages-of.js';
import { commandsOf, printItems, type AddCommand } from './server-command.js';

interface PlaceOptions extends ServerOptions {
  scope?: Scope;
  main?: string;
  further?: string[];
  chosen?: string[];
  chosenOnly?: string[];
}

/** @throws CodedError cli.user_not_found */
async function userOf(client: ServerClient, wished: string): Promise<User> {
  const email = wished.trim().toLowerCase();
  const query = new URLSearchParams({ search: email, limit: '200' });
  const { items } = await client.call<{ items: User[] }>('GET', `/users?${query.toString()}`);
  const found = items.find((user) => user.email === email);
  if (!found) throw new CodedError('cli.user_not_found', { email });
  return found;
}

function registerList(user: Command, add: AddCommand, language: () => Language): void {
  const list = user.command('list').description('who has an account: role, scope, department');
  add(list, ['users:read', 'teams:read'], async (client) => {
    const users: User[] = [];
    for await (const page of pagesOf<User>(client, '/users?', Infinity)) users.push(...page);
    const { items: teams } = await client.call<{ items: Team[] }>('GET', '/teams');
    const names = new Map(teams.map((team) => [team.id, team.name]));
    const columns = [
      ['user.id', (one: User) => String(one.id)],
      ['user.name', (one: User) => one.name],
      ['user.email', (one: User) => one.email],
      ['user.role', (one: User) => one.role],
      ['user.scope', (one: User) => one.scope],
      ['user.department', (one: User) => names.get(one.teamId ?? 0) ?? null],
      ['user.state', (one: User) => say(language(), one.disabled ? 'user.disabled' : 'user.active')],
    ] as const;
    printItems(users, columns, language());
  });
}

function registerSwitch(user: Command, add: AddCommand): void {
  const switches = [
    ['disable', true, 'keep a person out at once: sessions and keys end, their customers stay theirs'],
    ['enable', false, 'let a person who was disabled in again'],
  ] as const;
  for (const [name, disabled, description] of switches) {
    const command = user
      .command(name)
      .description(description)
      .argument('<email>', 'address the person signs in with');
    add(command, ['users:read', 'users:write'], async (client, _options, email = '') => {
      const { id } = await userOf(client, email);
      printJson(await client.call<User>('PATCH', `/users/${id}`, { disabled }));
    });
  }
}

/** Only what is given changes; of chosen departments, all are said anew. */
function wantedOf({ scope, main, further, chosen, chosenOnly }: PlaceOptions) {
  const withBelow = (chosen ?? []).map((id) => ({ teamId: Number(id), withBelow: true }));
  const alone = (chosenOnly ?? []).map((id) => ({ teamId: Number(id), withBelow: false }));
  return {
    ...(scope === undefined ? {} : { scope }),
    ...(main === undefined ? {} : { teamId: main === 'none' ? null : Number(main) }),
    ...(further === undefined ? {} : { teamIds: further.filter((id) => id !== 'none').map(Number) }),
    ...(chosen === undefined && chosenOnly === undefined ? {} : { chosen: [...withBelow, ...alone] }),
  };
}

/** `kezi user list`, `disable`, `enable`, `place`: who is here and whose customers they see. */
export function registerUserPlace(user: Command, language: () => Language): void {
  const add = commandsOf(language);
  registerList(user, add, language);
  registerSwitch(user, add);
  const place = user
    .command('place')
    .description('put a person into departments and say whose customers they see; without options, tell it')
    .argument('<email>', 'address the person signs in with')
    .addOption(new Option('--scope <scope>', 'whose customers they see').choices([...scopes]))
    .option('--main <id-or-none>', 'main department (kezi department list), or none')
    .option('--further <id-or-none...>', 'further departments, all of them, or none')
    .option('--chosen <id...>', 'for the scope chosen: these departments with those below')
    .option('--chosen-only <id...>', 'for the scope chosen: these departments without those below');
  add<PlaceOptions>(place, ['users:read', 'users:write'], async (client, options, email = '') => {
    const { id } = await userOf(client, email);
    const wanted = wantedOf(options);
    const path = `/users/${id}/placement`;
    const isQuestion = Object.keys(wanted).length === 0;
    printJson(
      await (isQuestion
        ? client.call<Placement>('GET', path)
        : client.call<Placement>('PATCH', path, wanted)),
    );
  });
}
