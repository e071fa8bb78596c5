import { readFile } from 'node:fs/promises';
import {
  daysInList,
  serviceClockStates,
  withDays,
  type HolidayYearList,
  type Permission,
  type ServiceClock,
  type ServiceClockList,
  type WorkCalendar,
  type WorkSpan,
} from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import type { ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';
import { printDone, printItems, type AddCommand } from './server-command.js';

const reads: Permission[] = ['entitlements:read', 'customers:read'];

interface ClockOptions extends ServerOptions, OfSegments {
  state: string;
  customer?: string;
}

interface CalendarOptions extends ServerOptions {
  weekdays?: string;
  hours?: string;
  holidays?: string[];
  days?: string;
  closed?: string;
  open?: string;
}

/** Until when the next thing is owed; null where nothing is. */
function owedUntil({ solvedAt, endedAt, respondedAt, respondBy, solveBy }: ServiceClock): string | null {
  if (solvedAt !== null || endedAt !== null) return null;
  const open = [respondedAt === null ? respondBy : null, solveBy].filter((by) => by !== null);
  return open.toSorted()[0] ?? null;
}

const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

/** `09:00-12:00 13:30-18:00` */
const spansIn = (text: string): WorkSpan[] =>
  words(text).map((each) => {
    const [from = '', until = ''] = each.split('-');
    return { from, until };
  });

function typedIn({ weekdays, hours, closed, open }: CalendarOptions): Partial<WorkCalendar> {
  return {
    ...(weekdays === undefined ? {} : { weekdays: words(weekdays).map(Number) }),
    ...(hours === undefined ? {} : { spans: spansIn(hours) }),
    ...(closed === undefined ? {} : { closedDays: words(closed) }),
    ...(open === undefined ? {} : { openDays: words(open) }),
  };
}

/** @throws CodedError clocks.days_unread, clocks.year_unknown */
async function daysToAdd(
  client: ServerClient,
  { holidays = [], days }: CalendarOptions,
): Promise<Pick<WorkCalendar, 'closedDays' | 'openDays'>[]> {
  const known =
    holidays.length === 0 ? [] : (await client.call<HolidayYearList>('GET', '/work-calendar/holidays')).items;
  const years = holidays.map((year) => {
    const found = known.find((each) => each.year === Number(year));
    if (found) return found;
    const all = known.map((each) => each.year).join(', ');
    throw new CodedError('clocks.year_unknown', { year, known: all });
  });
  if (days === undefined) return years;
  const { wrongLines, ...listed } = daysInList(await readFile(days, 'utf8'));
  if (wrongLines.length === 0) return [...years, listed];
  throw new CodedError('clocks.days_unread', { lines: wrongLines.slice(0, 20).join(', ') });
}

/** `kezi entitlements clocks|solve|calendar`: what customers wait for, and the hours that are counted. */
export function registerClocks(entitlements: Command, add: AddCommand, language: () => Language): void {
  add<ClockOptions>(
    addSegmentOption(entitlements.command('clocks'))
      .description('what customers wait for, by when an answer and a solution are promised')
      .addOption(new Option('--state <state>', 'which').choices([...serviceClockStates]).default('running'))
      .option('--customer <customer>', 'of this customer alone'),
    reads,
    async (client, options) => {
      const { state, customer } = options;
      const path =
        customer === undefined
          ? `/entitlements/clocks?${segmentQuery(options, { state }).toString()}`
          : `/customers/${await idOfCustomer(client, customer)}/clocks`;
      const { items } = await client.call<ServiceClockList>('GET', path);
      printItems(
        items,
        [
          ['tiers.policyId', (clock) => clock.serviceClockId],
          ['segments.name', (clock) => clock.title],
          ['policy.customer', (clock) => clock.customerName],
          ['policy.owedUntil', owedUntil],
          ['policy.breached', (clock) => Number(clock.isResponseLate) + Number(clock.isSolutionLate)],
        ],
        language(),
      );
    },
  );
  add(
    entitlements
      .command('solve')
      .description('say of what a customer waits for that it is solved')
      .argument('<clock>', 'its id, as `clocks` lists it'),
    [...reads, 'entitlements:use'],
    async (client, _options, id) => {
      await client.call('POST', `/entitlements/clocks/${id}/solve`);
      printDone(null, say(language(), 'policy.saved'));
    },
  );
  add<CalendarOptions>(
    entitlements
      .command('calendar')
      .description('the hours in which promised hours are counted; changes those that are given')
      .option('--weekdays <days>', '1 Monday to 7 Sunday, such as "1 2 3 4 5"')
      .option('--hours <spans>', 'of a day, such as "09:00-12:00 13:30-18:00"; 24:00 is the end of the day')
      .option('--holidays <year...>', 'add the public holidays of China in these years')
      .option('--days <file>', 'add the days of a file, one a line: 2027-01-01,closed or 2027-01-03,open')
      .option('--closed <days>', 'all holidays, such as "2026-10-01 2026-10-02"')
      .option('--open <days>', 'all days worked in their place'),
    [...reads, 'entitlements:write'],
    async (client, options) => {
      const typed = typedIn(options);
      const more = await daysToAdd(client, options);
      const before = await client.call<WorkCalendar>('GET', '/work-calendar');
      const wanted = { ...before, ...typed };
      for (const days of more) Object.assign(wanted, withDays(wanted, days));
      const isChanged = Object.keys(typed).length + more.length > 0;
      printJson(isChanged ? await client.call<WorkCalendar>('PUT', '/work-calendar', wanted) : before);
    },
  );
}
