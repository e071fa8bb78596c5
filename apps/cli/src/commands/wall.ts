import {
  fieldModes,
  restrictedFields,
  roles,
  type DayLimit,
  type FieldMode,
  type Role,
  type WallRules,
} from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import type { ServerOptions } from './customer-server.js';
import { commandsOf, printItems } from './server-command.js';

interface RoleOptions extends ServerOptions {
  role: Role[];
}

interface LimitOptions extends RoleOptions {
  exported?: string;
  viewed?: string;
}

const roleOption = () =>
  new Option('--role <role...>', 'one role or several').choices([...roles]).makeOptionMandatory();

/** A number of rows, or `off`. @throws InvalidArgumentError */
function rowsFrom(text: string): string {
  if (text === 'off' || /^(0|[1-9]\d{0,9})$/.test(text)) return text;
  throw new InvalidArgumentError('a number of rows, or off');
}

const limitFrom = (typed: string | undefined, before: number | null): number | null => {
  if (typed === undefined) return before;
  return typed === 'off' ? null : Number(typed);
};

const readRules = (client: ServerClient) => client.call<WallRules>('GET', '/wall');

/** The rules are written as a whole: what is not named in a command stays as it was read. */
async function writeRules(client: ServerClient, rules: WallRules): Promise<void> {
  printJson(await client.call<WallRules>('PUT', '/wall', rules));
}

function printRules({ fields, limits }: WallRules, language: Language): void {
  if (!process.stdout.isTTY) return printJson({ fields, limits });
  printItems(
    fields,
    [
      ['wall.role', (one) => one.role],
      ['wall.field', (one) => one.field],
      ['wall.mode', (one) => say(language, `wall.mode.${one.mode}`)],
    ],
    language,
  );
  process.stdout.write('\n');
  return printItems(
    limits,
    [
      ['wall.role', (one) => one.role],
      ['wall.exported', (one) => one.exportedRows],
      ['wall.viewed', (one) => one.viewedRows],
    ],
    language,
  );
}

/** `kezi wall`: what roles do not see, and how much they may take out or look at in a day. */
export function registerWall(program: Command, language: () => Language): void {
  const wall = program.command('wall').description('fields kept from roles, and limits of a day');
  const add = commandsOf(language);
  add(wall.command('show').description('the rules that hold now'), ['wall:read'], async (client) =>
    printRules(await readRules(client), language()),
  );
  const field = wall
    .command('field')
    .description('keep a field from roles, or show it to them again; holds from their next request')
    .argument('<field>', `${restrictedFields.join(', ')}; or a field of your own by its key, such as cf3`)
    .addArgument(new Argument('<mode>', 'how it stands there').choices(['visible', ...fieldModes]))
    .addOption(roleOption());
  add<RoleOptions>(field, ['wall:read', 'wall:write'], async (client, { role }, name = '', mode = '') => {
    const { fields, limits } = await readRules(client);
    const others = fields.filter((one) => one.field !== name || !role.includes(one.role));
    const wanted = role.map((one) => ({ role: one, field: name, mode: mode as FieldMode }));
    const after = mode === 'visible' ? others : [...others, ...wanted];
    await writeRules(client, { fields: after, limits });
  });
  const limit = wall
    .command('limit')
    .description('how many rows a role may export or look at in a day; what is not named stays')
    .addOption(roleOption())
    .option('--exported <rows-or-off>', 'rows in exported files; off: as many as there are', rowsFrom)
    .option('--viewed <rows-or-off>', 'customers and contacts in lists and on pages', rowsFrom);
  add<LimitOptions>(limit, ['wall:read', 'wall:write'], async (client, { role, exported, viewed }) => {
    const { fields, limits } = await readRules(client);
    const wanted = role.map((one): DayLimit => {
      const before = limits.find((found) => found.role === one);
      return {
        role: one,
        exportedRows: limitFrom(exported, before?.exportedRows ?? null),
        viewedRows: limitFrom(viewed, before?.viewedRows ?? null),
      };
    });
    const others = limits.filter((one) => !role.includes(one.role));
    await writeRules(client, { fields, limits: [...others, ...wanted] });
  });
}
