import { disputeStatus, type DisputeRow } from '@kezi/contract';
import { Option, type Command } from 'commander';
import type { Language } from '@kezi/contract/errors';
import { printJson, printColumns, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { pagesOf } from './pages-of.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';

interface ListOptions extends ServerOptions, OfSegments {
  status?: string;
  limit: string;
}

interface OpenOptions extends ServerOptions {
  grounds: string;
}

interface DecideOptions extends ServerOptions {
  decision: string;
  reason: string;
}

const lineOf = (row: DisputeRow) => [
  String(row.disputeId),
  row.customerName,
  row.claimantName ?? '',
  row.respondentName ?? '',
  row.decision === null ? row.status : row.decision,
  row.createdAt,
];

function registerList(dispute: Command, language: () => Language): void {
  const command = dispute
    .command('list')
    .description('disputes about customers: a table on a terminal, one JSON object a line on a pipe')
    .addOption(new Option('--status <status>', 'only these').choices([...disputeStatus.options]))
    .option('--limit <rows>', 'at most so many', '50');
  addServerOptions(addSegmentOption(command)).action((options: ListOptions) =>
    withServer(options, language(), 'disputes:write', async (client) => {
      const lines: string[][] = [];
      const { status } = options;
      const query = segmentQuery(options, status === undefined ? {} : { status });
      const path = `/disputes?${query.toString()}&`;
      for await (const rows of pagesOf<DisputeRow>(client, path, Number(options.limit))) {
        if (process.stdout.isTTY) lines.push(...rows.map(lineOf));
        else rows.forEach((row) => printJson(row));
      }
      if (!process.stdout.isTTY) return;
      const words = ['id', 'customer', 'claimant', 'respondent', 'status', 'since'] as const;
      printColumns([words.map((word) => say(language(), `dispute.${word}`)), ...lines], new Set([0]));
    }),
  );
}

/** `kezi dispute`: who holds a customer to be theirs, and what was decided. */
export function registerDispute(program: Command, language: () => Language): void {
  const dispute = program.command('dispute').description('disputes about whose customer it is');
  registerList(dispute, language);
  const open = dispute
    .command('open')
    .description('claim a customer that somebody else has')
    .argument('<customer>', 'number of the customer')
    .requiredOption('--grounds <text>', 'why it is yours');
  addServerOptions(open).action((customerNo: string, options: OpenOptions) =>
    withServer(options, language(), ['disputes:write', 'customers:read'], async (client) => {
      const customerId = await idOfCustomer(client, customerNo);
      printJson(await client.call<object>('POST', '/disputes', { customerId, grounds: options.grounds }));
    }),
  );
  const decide = dispute
    .command('decide')
    .description('decide a dispute')
    .argument('<id>', 'id of the dispute')
    .addOption(
      new Option('--decision <whose>', 'whose the customer is')
        .choices(['claimant', 'respondent', 'shared'])
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'why');
  addServerOptions(decide).action((id: string, options: DecideOptions) =>
    withServer(options, language(), ['disputes:write', 'disputes:decide'], async (client) => {
      const path = `/disputes/${encodeURIComponent(id)}`;
      const { rowVersion } = await client.call<DisputeRow>('GET', path);
      const { decision, reason } = options;
      printJson(await client.call<object>('POST', `${path}/decide`, { decision, reason, rowVersion }));
    }),
  );
  for (const [action, what] of [
    ['withdraw', 'take back a dispute of your own'],
    ['undo', 'take back a decision'],
  ] as const) {
    const command = dispute.command(action).description(what).argument('<id>', 'id of the dispute');
    addServerOptions(command).action((id: string, options: ServerOptions) =>
      withServer(options, language(), ['disputes:write', 'disputes:decide'], async (client) => {
        printJson(await client.call<object>('POST', `/disputes/${encodeURIComponent(id)}/${action}`));
      }),
    );
  }
}
