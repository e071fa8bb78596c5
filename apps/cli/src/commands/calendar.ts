import type { TaskList, TaskRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printColumns, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';
import { taskTitle } from './task-title.js';
import { addTeamOption, rightsOf, whoseOf, type OfTeam } from './team-option.js';

interface Options extends ServerOptions, OfSegments, OfTeam {
  from: string;
  to: string;
  cancelled?: true;
}

/** Tasks by the day on which they are due, done ones included, as the calendar on the page has them. */
export function registerCalendar(program: Command, language: () => Language): void {
  const statusOf = ({ status, cancelled }: TaskRow): string =>
    cancelled === null
      ? say(language(), `calendar.status.${status}`)
      : say(language(), `calendar.because.${cancelled.note === null ? cancelled.because : 'note'}`, {
          name: cancelled.byName ?? '',
          note: cancelled.note ?? '',
        });
  const command = program
    .command('calendar')
    .description('tasks of some days, done ones included')
    .requiredOption('--from <day>', 'first day, as 2026-01-31')
    .requiredOption('--to <day>', 'last day')
    .option('--cancelled', 'cancelled ones too, with the reason');
  addServerOptions(addSegmentOption(addTeamOption(command))).action((options: Options) =>
    withServer(options, language(), rightsOf(options), async (client) => {
      const { from, to, cancelled = false } = options;
      const query = segmentQuery(options, {
        from,
        to,
        whose: whoseOf(options),
        cancelled: String(cancelled),
      });
      const { items } = await client.call<TaskList>('GET', `/tasks?${query.toString()}`);
      if (!process.stdout.isTTY) return items.forEach((row) => printJson(row));
      const words = ['due', 'customer', 'todo', 'status', 'minutes', 'owner'] as const;
      const lines = items.map((row) => [
        row.dueOn,
        row.customerName ?? '',
        taskTitle(row, language()),
        statusOf(row),
        String(row.minutes),
        row.assigneeName ?? '',
      ]);
      printColumns([words.map((word) => say(language(), `warn.column.${word}`)), ...lines], new Set([4]));
    }),
  );
}
