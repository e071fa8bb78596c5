import { taskTitle, type Worklist, type WorklistItem } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { note, printColumns, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { detectorNames } from './detector-names.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';
import { addTeamOption, rightsOf, whoseOf, type OfTeam } from './team-option.js';

interface Options extends ServerOptions, OfSegments, OfTeam {
  limit: string;
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** What a line asks for. */
function todoOf({ task, warning }: WorklistItem, language: Language, name: (id: string) => string): string {
  if (task !== null) return taskTitle(task, { language });
  return warning === null ? '' : name(warning.detectorId);
}

export function registerWorklist(program: Command, language: () => Language): void {
  const command = program
    .command('worklist')
    .description('what to do first: open warnings and tasks by value an hour')
    .option('--limit <rows>', 'at most so many', '20');
  addServerOptions(addSegmentOption(addTeamOption(command))).action((options: Options) =>
    withServer(options, language(), ['alerts:read', ...rightsOf(options)], async (client) => {
      const query = segmentQuery(options, { whose: whoseOf(options), limit: options.limit });
      const list = await client.call<Worklist>('GET', `/worklist?${query.toString()}`);
      if (!process.stdout.isTTY) {
        list.items.forEach((item) => printJson(item));
        return;
      }
      const words = ['due', 'customer', 'todo', 'atRisk', 'minutes', 'owner'] as const;
      const header = words.map((word) => say(language(), `warn.column.${word}`));
      const name = await detectorNames(client, language());
      const lines = list.items.map((item) => [
        item.dueOn,
        item.customerName ?? '',
        todoOf(item, language(), name),
        whole.format(item.value),
        String(item.minutes),
        item.assigneeName ?? '',
      ]);
      printColumns([header, ...lines], new Set([3, 4]));
      const { count, overdue, dueToday } = list.total;
      note(say(language(), 'worklist.total', { count, overdue, dueToday }));
    }),
  );
}
