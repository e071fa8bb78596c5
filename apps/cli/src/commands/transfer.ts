import type { TransferRow } from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { jobBar } from '../job-bar.js';
import { note, printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import {
  addFilterOptions,
  addServerOptions,
  filterQuery,
  withServer,
  type FilterOptions,
  type ServerOptions,
} from './customer-server.js';
import { idOfCustomer } from './customer-show.js';

interface Options extends ServerOptions, FilterOptions {
  customer?: string[];
  to?: string;
  toTeam?: string;
  reason?: string;
  undo?: string;
}

/** The customers named by number, or the filter of the register. */
async function selectionOf(client: ServerClient, options: Options): Promise<object> {
  if (options.customer !== undefined) {
    const customerIds: number[] = [];
    for (const number of options.customer) customerIds.push(await idOfCustomer(client, number));
    return { customerIds };
  }
  const query = filterQuery(options);
  query.delete('sort');
  query.delete('order');
  const several = new Set([
    'industry',
    'region',
    'segment',
    'ownerId',
    'teamId',
    'size',
    'salesStage',
    'source',
    'tag',
    'industryCode',
    'countryCode',
    'divisionCode',
    'field',
  ]);
  const filter = Object.fromEntries(
    [...new Set(query.keys())].map((name) => [
      name,
      several.has(name) ? query.getAll(name) : query.get(name),
    ]),
  );
  // All customers at once is never meant by leaving everything out.
  if (Object.keys(filter).length === 0) throw new CodedError('cli.transfer_nothing');
  return { filter };
}

async function finish(client: ServerClient, row: TransferRow, language: Language): Promise<void> {
  const jobId = row.status === 'undoing' ? row.undoJobId : row.jobId;
  if (jobId !== null) {
    const bar = await jobBar();
    await client.waitFor(jobId, bar.follow).finally(bar.stop);
  }
  const ended = await client.call<TransferRow>('GET', `/transfers/${row.transferId}`);
  if (process.stdout.isTTY) {
    const to = ended.toOwnerName ?? ended.toTeamName ?? '';
    note(
      say(language, `transfer.${ended.status === 'undone' ? 'undone' : 'done'}`, { count: ended.moved, to }),
    );
    const { alreadyThere, notToGive } = ended;
    if (alreadyThere > 0) note(say(language, 'transfer.already_there', { count: alreadyThere }));
    if (notToGive > 0) note(say(language, 'transfer.not_to_give', { count: notToGive }));
  } else printJson(ended);
}

async function transfer(client: ServerClient, options: Options, language: Language): Promise<void> {
  if (options.undo !== undefined) {
    const path = `/transfers/${encodeURIComponent(options.undo)}/undo`;
    await finish(client, await client.call<TransferRow>('POST', path), language);
    return;
  }
  if (options.reason === undefined || (options.to === undefined && options.toTeam === undefined)) {
    throw new CodedError('cli.transfer_incomplete');
  }
  const row = await client.call<TransferRow>('POST', '/transfers', {
    customers: await selectionOf(client, options),
    toOwnerId: options.to === undefined ? null : Number(options.to),
    ...(options.toTeam === undefined ? {} : { toTeamId: Number(options.toTeam) }),
    reason: options.reason,
  });
  await finish(client, row, language);
}

export function registerTransfer(program: Command, language: () => Language): void {
  const command = program
    .command('transfer')
    .description('give customers to another owner, or into the pool of a department; or take that back')
    .option('--customer <customer...>', 'customers by number, in place of a filter')
    .option('--to <user>', 'id of the new owner')
    .option('--to-team <team>', 'id of the department; alone: into its pool, without an owner')
    .option('--reason <text>', 'why; stands in the history of every customer')
    .option('--undo <id>', 'take the transfer with this number back');
  addServerOptions(addFilterOptions(command)).action((options: Options) =>
    withServer(options, language(), ['customers:assign', 'customers:read', 'jobs:read'], (client) =>
      transfer(client, options, language()),
    ),
  );
}
