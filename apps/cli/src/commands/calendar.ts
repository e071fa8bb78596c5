import { taskTitle, type TaskList, type TaskRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { note, printColumns, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { detectorNames } from './detector-names.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';
import { addTeamOption, rightsOf, whoseOf, type OfTeam } from './team-option.js';

interface Options extends ServerOptions, OfSegments, OfTeam {
  from: string;
  to: string;
  cancelled?: true;
}

/** How it stands with a task; of a cancelled one why. */
export const taskStatus = ({ status, cancelled }: TaskRow, language: Language): string =>
  cancelled === null
    ? say(language, `calendar.status.${status}`)
    : say(language, `calendar.because.${cancelled.note === null ? cancelled.because : 'note'}`, {
        name: cancelled.byName ?? '',
        note: cancelled.note ?? '',
      });

/** What was left off a list, on stderr. */
export function noteMore(more: TaskList['more'], language: Language): void {
  const tasks = more.reduce((sum, each) => sum + each.tasks, 0);
  const customers = more.reduce((sum, each) => sum + each.customers, 0);
  if (tasks > 0) note(say(language, 'calendar.moreTasks', { count: tasks }));
  if (customers > 0) note(say(language, 'calendar.moreWarned', { count: customers }));
}

/** Tasks and warnings by the day on which they are due, done ones included, as the calendar on the page has them. */
export function registerCalendar(program: Command, language: () => Language): void {
  const command = program
    .command('calendar')
    .description('tasks of some days, done ones included, and the warnings due on them')
    .requiredOption('--from <day>', 'first day, as 2026-01-31')
    .requiredOption('--to <day>', 'last day')
    .option('--cancelled', 'cancelled ones too, with the reason');
  addServerOptions(addSegmentOption(addTeamOption(command))).action((options: Options) =>
    withServer(options, language(), ['alerts:read', ...rightsOf(options)], async (client) => {
      const { from, to, cancelled = false } = options;
      const query = segmentQuery(options, {
        from,
        to,
        whose: whoseOf(options),
        cancelled: String(cancelled),
        warnings: 'true',
      });
      const { items, warnings, more } = await client.call<TaskList>('GET', `/tasks?${query.toString()}`);
      noteMore(more, language());
      if (!process.stdout.isTTY) return [...items, ...warnings].forEach((row) => printJson(row));
      const words = ['due', 'customer', 'todo', 'status', 'minutes', 'owner'] as const;
      const name = await detectorNames(client, language());
      const ofTasks = items.map((row) => [
        row.dueOn,
        row.customerName ?? '',
        taskTitle(row, { language: language() }),
        taskStatus(row, language()),
        String(row.minutes),
        row.assigneeName ?? '',
      ]);
      const ofWarnings = warnings.map((row) => [
        row.snoozedUntil ?? row.dueOn,
        row.customerName,
        name(row.detectorId),
        say(language(), 'calendar.status.warning'),
        '',
        row.ownerName ?? '',
      ]);
      const lines = [...ofWarnings, ...ofTasks].toSorted(([a = ''], [b = '']) =>
        a < b ? -1 : a > b ? 1 : 0,
      );
      printColumns([words.map((word) => say(language(), `warn.column.${word}`)), ...lines], new Set([4]));
    }),
  );
}
