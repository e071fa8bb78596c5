import type { Appraisal, AppraisalGroup, TeamLoad } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { note, printColumns, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';

type Options = ServerOptions & OfSegments;

interface AppraiseOptions extends Options {
  /** A user's number: the groups that the person was judged by, in place of everybody. */
  groupsOf?: string;
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

async function load(options: Options, language: Language): Promise<void> {
  await withServer(options, language, 'tasks:read-team', async (client) => {
    const { items } = await client.call<TeamLoad>(
      'GET',
      `/worklist/team?${segmentQuery(options).toString()}`,
    );
    if (!process.stdout.isTTY) return items.forEach((row) => printJson(row));
    const words = ['person', 'atRisk', 'warnings', 'tasks', 'overdue', 'hours', 'closed'] as const;
    const lines = items.map((row) => [
      row.name ?? '–',
      whole.format(row.valueAtRisk),
      String(row.warnings),
      String(row.tasks),
      String(row.overdue),
      (row.minutes / 60).toFixed(1),
      String(row.closed),
    ]);
    printColumns([words.map((word) => say(language, `team.${word}`)), ...lines], new Set([1, 2, 3, 4, 5, 6]));
  });
}

/** What the expectation of a person was made of. */
function printGroups(groups: readonly AppraisalGroup[], language: Language): void {
  const words = ['group', 'customers', 'before', 'now', 'expected', 'against'] as const;
  const lines = groups.map((group) => [
    [group.tierName, group.segment, group.stage].filter((part) => part !== null).join(' · '),
    whole.format(group.customers),
    whole.format(group.clvBefore),
    whole.format(group.clvNow),
    group.clvExpected === null ? '–' : whole.format(group.clvExpected),
    say(language, `team.against.${group.against ?? 'none'}`, { count: group.peers?.customers ?? 0 }),
  ]);
  printColumns([words.map((word) => say(language, `team.${word}`)), ...lines], new Set([1, 2, 3, 4]));
}

async function appraise(options: AppraiseOptions, language: Language): Promise<void> {
  await withServer(options, language, 'tasks:read-team', async (client) => {
    const query = segmentQuery(options);
    if (options.groupsOf !== undefined) query.set('groupsOf', options.groupsOf);
    const found = await client.call<Appraisal>('GET', `/worklist/appraisal?${query.toString()}`);
    if (!process.stdout.isTTY) return printJson(found);
    const opened = found.items.find(({ groups }) => groups !== null);
    if (opened?.groups) return printGroups(opened.groups, language);
    const words = ['person', 'before', 'now', 'expected', 'difference', 'interval', 'verdict'] as const;
    const lines = found.items.map((row) => [
      row.name ?? '–',
      whole.format(row.clvBefore),
      whole.format(row.clvNow),
      whole.format(row.clvExpected),
      whole.format(row.clvDifference),
      `${whole.format(row.clvDifferenceLow)} – ${whole.format(row.clvDifferenceHigh)}`,
      say(language, `team.verdict.${row.verdict ?? 'none'}`),
    ]);
    printColumns([words.map((word) => say(language, `team.${word}`)), ...lines], new Set([1, 2, 3, 4, 5]));
    if (found.from !== null && found.to !== null) {
      note(say(language, 'team.span', { from: found.from, to: found.to }));
    }
  });
}

/** For those who lead: who has how much on their hands, and what became of the value they held. */
export function registerTeam(program: Command, language: () => Language): void {
  const team = program.command('team').description('for those who lead: load, and value held');
  addServerOptions(
    addSegmentOption(team.command('load').description('who has how much on their hands')),
  ).action((options: Options) => load(options, language()));
  addServerOptions(
    addSegmentOption(
      team
        .command('appraise')
        .description('change in the value held, against customers alike whom others held')
        .option('--groups-of <user>', 'the groups that this person was judged by (their number)'),
    ),
  ).action((options: AppraiseOptions) => appraise(options, language()));
}
