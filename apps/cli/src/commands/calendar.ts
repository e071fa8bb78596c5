import type { TaskList } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printColumns, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';

interface Options extends ServerOptions, OfSegments {
  from: string;
  to: string;
  team?: boolean;
}

/** Tasks by the day on which they are due, done ones included, as the calendar on the page has them. */
export function registerCalendar(program: Command, language: () => Language): void {
  const command = program
    .command('calendar')
    .description('tasks of some days, done ones included')
    .requiredOption('--from <day>', 'first day, as 2026-01-31')
    .requiredOption('--to <day>', 'last day')
    .option('--team', 'of everybody whom one sees, instead of one’s own');
  addServerOptions(addSegmentOption(command)).action((options: Options) =>
    withServer(
      options,
      language(),
      options.team === true ? ['tasks:read', 'tasks:read-team'] : 'tasks:read',
      async (client) => {
        const { from, to } = options;
        const query = segmentQuery(options, { from, to, whose: options.team === true ? 'team' : 'mine' });
        const { items } = await client.call<TaskList>('GET', `/tasks?${query.toString()}`);
        if (!process.stdout.isTTY) return items.forEach((row) => printJson(row));
        const words = ['due', 'customer', 'todo', 'status', 'minutes', 'owner'] as const;
        const lines = items.map((row) => [
          row.dueOn,
          row.customerName ?? '',
          row.title,
          say(language(), `calendar.status.${row.status}`),
          String(row.minutes),
          row.assigneeName ?? '',
        ]);
        printColumns([words.map((word) => say(language(), `warn.column.${word}`)), ...lines], new Set([4]));
      },
    ),
  );
}
