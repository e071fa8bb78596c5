import type { Team } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printJson } from '../output.js';
import type { ServerOptions } from './customer-server.js';
import { commandsOf, printItems } from './server-command.js';

interface Options extends ServerOptions {
  name?: string;
  below?: string;
}

const parentOf = (below: string | undefined) =>
  below === undefined ? {} : { parentId: below === 'none' ? null : Number(below) };

/** `kezi department`: the tree of departments. */
export function registerDepartment(program: Command, language: () => Language): void {
  const department = program.command('department').description('departments, a tree');
  const add = commandsOf(language);
  add(department.command('list').description('all departments'), ['teams:read'], async (client) => {
    const { items } = await client.call<{ items: Team[] }>('GET', '/teams');
    const columns = [
      ['department.id', (one: Team) => String(one.id)],
      ['department.name', (one: Team) => one.name],
      ['department.above', (one: Team) => items.find((other) => other.id === one.parentId)?.name ?? null],
      ['department.people', (one: Team) => one.members],
    ] as const;
    printItems(items, columns, language());
  });
  const make = department
    .command('add')
    .description('add a department')
    .argument('<name>', 'its name')
    .option('--below <id>', 'department it belongs to');
  add<Options>(make, ['teams:write'], async (client, { below }, name) =>
    printJson(await client.call<Team>('POST', '/teams', { name, ...parentOf(below) })),
  );
  const change = department
    .command('change')
    .description('rename a department, or move it with all below it')
    .argument('<id>', 'id of the list')
    .option('--name <name>', 'its new name')
    .option('--below <id-or-none>', 'department it belongs to from now on, or none');
  add<Options>(change, ['teams:write'], async (client, { name, below }, id = '') => {
    const wanted = { ...(name === undefined ? {} : { name }), ...parentOf(below) };
    printJson(await client.call<Team>('PATCH', `/teams/${encodeURIComponent(id)}`, wanted));
  });
  const remove = department
    .command('remove')
    .description('remove a department that is empty')
    .argument('<id>', 'id of the list');
  add(remove, ['teams:write'], async (client, _options, id = '') => {
    await client.call('DELETE', `/teams/${encodeURIComponent(id)}`);
  });
}
