import type { Permission } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { jobBar } from '../job-bar.js';
import { note, printColumns, printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';

/** What a command does with its options and arguments. */
type Work<Options> = (client: ServerClient, options: Options, ...given: string[]) => Promise<void>;

export type AddCommand = <Options extends ServerOptions>(
  command: Command,
  permissions: Permission[],
  work: Work<Options>,
) => void;

/** Makes small commands alike: each talks to a server with some permissions. */
export function commandsOf(language: () => Language): AddCommand {
  return <Options extends ServerOptions>(
    command: Command,
    permissions: Permission[],
    work: Work<Options>,
  ) => {
    addServerOptions(command).action((...given: unknown[]) => {
      // Below a command that does something itself, which takes the options of the server that both have.
      const options = (given.at(-1) as Command).optsWithGlobals<Options>();
      // What stands between the arguments and the command itself; one that may be repeated comes as a list.
      const words = given.slice(0, -2).flatMap((one) => (one === undefined ? [] : [one].flat().map(String)));
      return withServer(options, language(), permissions, (client) => work(client, options, ...words));
    });
  };
}

/** Waits for a job with a bar on a terminal; at once where there is none. */
export async function awaitJob(client: ServerClient, jobId: number | null): Promise<void> {
  if (jobId === null) return;
  const bar = await jobBar();
  try {
    await client.waitFor(jobId, bar.follow);
  } finally {
    bar.stop();
  }
}

type TextKey = Parameters<typeof say>[1];

/** A column for people: its head, and what stands in it. Numbers stand at the right. */
type Columns<Item> = readonly (readonly [TextKey, (item: Item) => string | number | null])[];

/** Rows under heads on a terminal, an object a line on a pipe. */
export function printItems<Item>(items: readonly Item[], columns: Columns<Item>, language: Language): void {
  if (!process.stdout.isTTY) return items.forEach((item) => printJson(item));
  const rows = items.map((item) => columns.map(([, of]) => of(item)));
  const figure = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const isNumber = (at: number) => rows.length > 0 && rows.every((row) => typeof row[at] === 'number');
  printColumns(
    [
      columns.map(([head]) => say(language, head)),
      ...rows.map((row) =>
        row.map((cell, at) =>
          typeof cell === 'number' && at > 0 ? figure.format(cell) : String(cell ?? ''),
        ),
      ),
    ],
    new Set(columns.map((_, at) => at).filter(isNumber)),
  );
}

/** One object on a pipe; for people a line that says what was done. */
export function printDone(answer: unknown, text: string): void {
  if (process.stdout.isTTY) note(text);
  else if (answer !== null && answer !== undefined) printJson(answer);
}
