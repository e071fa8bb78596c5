import type { SavedView } from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { printDone, printItems, commandsOf, type AddCommand } from './server-command.js';
import { printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import type { ServerOptions } from './customer-server.js';

const path = '/saved-views';

interface ListOptions extends ServerOptions {
  page?: string;
}

interface SaveOptions extends ServerOptions {
  page: string;
  state: string;
}

interface ShareOptions extends ServerOptions {
  with: 'everybody' | 'department' | 'nobody';
  department?: string;
}

const readViews = async (client: ServerClient, page?: string) =>
  (
    await client.call<{ items: SavedView[] }>(
      'GET',
      page === undefined ? path : `${path}?page=${encodeURIComponent(page)}`,
    )
  ).items;

/** @throws CodedError views.not_found */
async function viewOf(client: ServerClient, id: string): Promise<SavedView> {
  const found = (await readViews(client)).find((view) => String(view.savedViewId) === id);
  if (!found) throw new CodedError('views.not_found');
  return found;
}

/** @throws CodedError cli.view_state_invalid_input when it is no JSON object */
function stateOf(text: string): object {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read;
  } catch (error) {
    throw new CodedError('cli.view_state_invalid_input', {}, { cause: error });
  }
  throw new CodedError('cli.view_state_invalid_input');
}

function sharedWith(view: SavedView, language: Language): string {
  if (view.isShared) return say(language, 'view.everybody');
  return view.teamId === null ? '' : say(language, 'view.department', { id: view.teamId });
}

function registerReads(view: Command, add: AddCommand, language: () => Language): void {
  const list = view
    .command('list')
    .description('your views and those shared with you')
    .option('--page <page>', 'of one list only, such as customers');
  add<ListOptions>(list, ['me:read'], async (client, { page }) => {
    const columns = [
      ['view.id', (one: SavedView) => one.savedViewId],
      ['view.page', (one: SavedView) => one.page],
      ['view.name', (one: SavedView) => one.name],
      ['view.shared', (one: SavedView) => sharedWith(one, language())],
      ['view.mine', (one: SavedView) => (one.isMine ? '*' : '')],
    ] as const;
    printItems(await readViews(client, page), columns, language());
  });
  const show = view.command('show').description('one view as JSON').argument('<id>', 'id of the list');
  add(show, ['me:read'], async (client, _options, id = '') => printJson(await viewOf(client, id)));
}

/** `kezi view`: filters, columns and order of a list, kept by name. */
export function registerView(program: Command, language: () => Language): void {
  const view = program.command('view').description('filters, columns and order of a list, kept by name');
  const add = commandsOf(language);
  registerReads(view, add, language);
  const save = view
    .command('save')
    .description('keep a view, for yourself until it is shared')
    .argument('<name>', 'what it is called')
    .option('--page <page>', 'the list it is of', 'customers')
    .requiredOption('--state <json>', 'filters, columns and order, as `kezi view show` tells them');
  add<SaveOptions>(save, ['views:write'], async (client, { page, state }, name = '') =>
    printJson(await client.call<SavedView>('POST', path, { page, name, state: stateOf(state) })),
  );
  const share = view
    .command('share')
    .description('say who else sees a view of yours')
    .argument('<id>', 'id of the list')
    .addOption(
      new Option('--with <whom>', 'who sees it')
        .choices(['everybody', 'department', 'nobody'])
        .makeOptionMandatory(),
    )
    .option('--department <id>', 'the department, and those below it');
  add<ShareOptions>(share, ['views:write'], async (client, options, id = '') => {
    const isDepartment = options.with === 'department';
    if (isDepartment !== (options.department !== undefined))
      throw new CodedError('cli.view_department_invalid_input');
    const change = {
      isShared: options.with === 'everybody',
      teamId: isDepartment ? Number(options.department) : null,
    };
    printJson(await client.call<SavedView>('PATCH', `${path}/${encodeURIComponent(id)}`, change));
  });
  const remove = view
    .command('delete')
    .description('forget a view of yours')
    .argument('<id>', 'id of the list');
  add(remove, ['views:write'], async (client, _options, id = '') => {
    await client.call('DELETE', `${path}/${encodeURIComponent(id)}`);
    printDone(null, say(language(), 'view.deleted'));
  });
}
