import {
  serviceClockStates,
  type Permission,
  type ServiceClock,
  type ServiceClockList,
  type WorkCalendar,
} from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { printJson, say } from '../output.js';
import type { ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { printDone, printItems, type AddCommand } from './server-command.js';

const reads: Permission[] = ['entitlements:read', 'customers:read'];

interface ClockOptions extends ServerOptions {
  state: string;
  customer?: string;
}

interface CalendarOptions extends ServerOptions {
  weekdays?: string;
  from?: string;
  until?: string;
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

function changesIn({ weekdays, from, until, closed, open }: CalendarOptions): Partial<WorkCalendar> {
  return {
    ...(weekdays === undefined ? {} : { weekdays: words(weekdays).map(Number) }),
    ...(from === undefined ? {} : { opensAt: from }),
    ...(until === undefined ? {} : { closesAt: until }),
    ...(closed === undefined ? {} : { closedDays: words(closed) }),
    ...(open === undefined ? {} : { openDays: words(open) }),
  };
}

/** `kezi entitlements clocks|solve|calendar`: what customers wait for, and the hours that are counted. */
export function registerClocks(entitlements: Command, add: AddCommand, language: () => Language): void {
  add<ClockOptions>(
    entitlements
      .command('clocks')
      .description('what customers wait for, by when an answer and a solution are promised')
      .addOption(new Option('--state <state>', 'which').choices([...serviceClockStates]).default('running'))
      .option('--customer <number>', 'of this customer alone'),
    reads,
    async (client, { state, customer }) => {
      const path =
        customer === undefined
          ? `/entitlements/clocks?state=${state}`
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
      .option('--from <time>', 'such as 09:00')
      .option('--until <time>', 'such as 18:00; 24:00 for the end of the day')
      .option('--closed <days>', 'holidays, such as "2026-10-01 2026-10-02"')
      .option('--open <days>', 'days worked in their place'),
    [...reads, 'entitlements:write'],
    async (client, options) => {
      const changes = changesIn(options);
      const before = await client.call<WorkCalendar>('GET', '/work-calendar');
      const after =
        Object.keys(changes).length === 0
          ? before
          : await client.call<WorkCalendar>('PUT', '/work-calendar', { ...before, ...changes });
      printJson(after);
    },
  );
}
