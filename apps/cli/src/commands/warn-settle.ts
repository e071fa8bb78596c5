import { warningOutcomes, type WarningOutcome, type WarningRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { note, printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';

interface SettleOptions extends ServerOptions {
  note?: string;
}

/** Sends what is done with a warning, as it stands now. */
async function settle(client: ServerClient, id: string, deed: string, body: object): Promise<WarningRow> {
  const { rowVersion } = await client.call<WarningRow>('GET', `/warnings/${id}`);
  return client.call<WarningRow>('POST', `/warnings/${id}/${deed}`, { ...body, rowVersion });
}

export function registerWarnSettle(warn: Command, language: () => Language): void {
  const tell = (row: WarningRow): void => {
    if (process.stdout.isTTY) {
      note(say(language(), 'warn.settled', { id: row.warningId, customer: row.customerName }));
    } else printJson(row);
  };
  const act = <Options extends SettleOptions>(
    command: Command,
    deed: string,
    bodyOf: (options: Options) => object,
  ): void => {
    command.argument('<id>', 'id of the warning').option('--note <text>', 'what is to be remembered');
    addServerOptions(command).action((id: string, options: Options) =>
      withServer(options, language(), ['alerts:read', 'alerts:write'], async (client) => {
        tell(await settle(client, id, deed, { ...bodyOf(options), note: options.note }));
      }),
    );
  };
  const handle = warn
    .command('handle')
    .description('close a warning with what came of it')
    .addOption(
      new Option('--outcome <outcome>', 'what came of it')
        .choices([...warningOutcomes])
        .makeOptionMandatory(),
    );
  act(handle, 'handle', ({ outcome }: SettleOptions & { outcome: WarningOutcome }) => ({ outcome }));
  const snooze = warn
    .command('snooze')
    .description('leave a warning until a day')
    .requiredOption('--until <day>', 'yyyy-mm-dd');
  act(snooze, 'snooze', ({ until }: SettleOptions & { until: string }) => ({ until }));
  const reopen = warn
    .command('reopen')
    .description('take back a snooze, an end or a false alarm')
    .argument('<id>', 'id of the warning');
  addServerOptions(reopen).action((id: string, options: ServerOptions) =>
    withServer(options, language(), ['alerts:read', 'alerts:write'], async (client) =>
      tell(await settle(client, id, 'reopen', {})),
    ),
  );
  act(warn.command('false-alarm').description('say that a warning was none'), 'false-alarm', () => ({}));
}

export function registerWarnRun(warn: Command, language: () => Language): void {
  const command = warn
    .command('run')
    .description('ask all detectors now, and wait for the end')
    .option(
      '--everybody',
      'of all customers, not only of those of whom something changed; the result is the same',
    );
  addServerOptions(command).action((options: ServerOptions & { everybody?: true }) =>
    withServer(options, language(), ['alerts:run', 'jobs:read'], async (client) => {
      const path = options.everybody ? '/warnings/runs?everybody=true' : '/warnings/runs';
      const { jobId } = await client.call<{ jobId: number }>('POST', path);
      const job = await client.waitFor(jobId, () => undefined);
      printJson(job.result ?? {});
    }),
  );
}
