import type {
  Capacity,
  CustomerEntitlements,
  Entitlement,
  EntitlementList,
  EntitlementUses,
  Permission,
} from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import type { ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { registerClocks } from './entitlements-clocks.js';
import { jsonIn } from './json-file.js';
import { addSegmentOption, segmentQuery, type OfSegments } from './segment-option.js';
import { commandsOf, printDone, printItems, type AddCommand } from './server-command.js';

const reads: Permission[] = ['entitlements:read', 'customers:read'];
const writes: Permission[] = [...reads, 'entitlements:write'];
const uses: Permission[] = [...reads, 'entitlements:use'];

function printCatalogue(items: readonly Entitlement[], language: Language): void {
  printItems(
    items,
    [
      ['tiers.policyId', (item) => item.entitlementId],
      ['segments.name', (item) => item.name],
      ['policy.kind', (item) => item.kind],
      ['policy.promised', (item) => item.promised],
      ['policy.used', (item) => item.used],
      ['policy.breached', (item) => item.breached],
      ['policy.hours', (item) => item.hours],
    ],
    language,
  );
}

/** `kezi entitlements`: what each tier may claim, what of it was used, and whether there are people to keep it. */
export function registerEntitlements(program: Command, language: () => Language): void {
  const entitlements = program
    .command('entitlements')
    .description('what each tier may claim, and what of it was used');
  const add = commandsOf(language);
  registerCatalogue(entitlements, add, language);
  registerCapacity(entitlements, add, language);
  registerUses(entitlements, add, language);
  registerClocks(entitlements, add, language);
}

function registerCatalogue(entitlements: Command, add: AddCommand, language: () => Language): void {
  add<ServerOptions & OfSegments>(
    addSegmentOption(entitlements.command('list')).description('the catalogue with what it means this year'),
    reads,
    async (client, options) => {
      const path = `/entitlements?${segmentQuery(options).toString()}`;
      printCatalogue((await client.call<EntitlementList>('GET', path)).items, language());
    },
  );
  add(
    entitlements
      .command('create')
      .description('add one that is written in a JSON file')
      .argument('<file>', 'kind, name, unitCostMinor, unitHours, promises with tierId and quantity'),
    writes,
    async (client, _options, file = '') =>
      printCatalogue(
        [await client.call<Entitlement>('POST', '/entitlements', await jsonIn(file))],
        language(),
      ),
  );
  add(
    entitlements
      .command('edit')
      .description('change one to what a JSON file says')
      .argument('<entitlement>', 'its id')
      .argument('<file>', 'as for create'),
    writes,
    async (client, _options, id, file = '') => {
      const { items } = await client.call<EntitlementList>('GET', '/entitlements');
      const rowVersion = items.find((item) => String(item.entitlementId) === id)?.rowVersion ?? 0;
      const body = { ...(await jsonIn(file)), rowVersion };
      printCatalogue([await client.call<Entitlement>('PATCH', `/entitlements/${id}`, body)], language());
    },
  );
  add(
    entitlements
      .command('delete')
      .description('delete one that was never used')
      .argument('<entitlement>', 'its id'),
    writes,
    async (client, _options, id) => {
      await client.call('DELETE', `/entitlements/${id}`);
      printDone(null, say(language(), 'policy.deleted'));
    },
  );
}

function registerCapacity(entitlements: Command, add: AddCommand, language: () => Language): void {
  add<ServerOptions & OfSegments & { hours: string }>(
    addSegmentOption(entitlements.command('capacity'))
      .description('promised hours against hours there are, by manager')
      .option('--hours <number>', 'hours a year of whoever has none of their own', '1600'),
    reads,
    async (client, options) => {
      const query = segmentQuery(options, { hours: options.hours });
      const path = `/entitlements/capacity?${query.toString()}`;
      const { hoursEach, items } = await client.call<Capacity>('GET', path);
      printItems(
        items,
        [
          ['tiers.policyId', (item) => item.ownerId],
          ['policy.manager', (item) => item.ownerName],
          ['tiers.customers', (item) => item.customers],
          ['policy.managerShare', (item) => item.managerShare],
          ['policy.promisedHours', (item) => item.promisedHours],
          ['policy.hours', (item) => item.ownHours ?? hoursEach],
        ],
        language(),
      );
    },
  );
  add(
    entitlements
      .command('hours')
      .description('hours a year that one manager has for customers')
      .argument('<user>', 'id of the manager')
      .argument('<number-or-usual>', 'so many, or `usual` for those of everybody'),
    writes,
    async (client, _options, id, hours = '') => {
      const { items } = await client.call<Capacity>('GET', '/entitlements/capacity');
      await client.call('PATCH', `/entitlements/capacity/${id}`, {
        hours: hours === 'usual' ? null : Number(hours),
        rowVersion: items.find((item) => String(item.ownerId) === id)?.rowVersion ?? 0,
      });
      printDone(null, say(language(), 'policy.saved'));
    },
  );
}

interface UseOptions extends ServerOptions {
  breach?: boolean;
  on?: string;
  quantity?: string;
  note?: string;
}

async function printOfCustomer(client: ServerClient, id: number, language: Language): Promise<void> {
  const { items } = await client.call<CustomerEntitlements>('GET', `/customers/${id}/entitlements`);
  printItems(
    items,
    [
      ['tiers.policyId', (item) => item.entitlementId],
      ['segments.name', (item) => item.name],
      ['policy.kind', (item) => item.kind],
      ['policy.promised', (item) => item.quantity],
      ['policy.used', (item) => item.used],
      ['policy.breached', (item) => item.breached],
      ['policy.nextOn', (item) => item.nextOn],
    ],
    language,
  );
}

function registerUses(entitlements: Command, add: AddCommand, language: () => Language): void {
  add(
    entitlements
      .command('show')
      .description('what a customer may claim, and what of it was used')
      .argument('<customer>', 'number of the customer'),
    reads,
    async (client, _options, customerNo = '') =>
      printOfCustomer(client, await idOfCustomer(client, customerNo), language()),
  );
  add<UseOptions>(
    entitlements
      .command('use')
      .description('write down that a customer used one, or that a promise was broken')
      .argument('<customer>', 'number of the customer')
      .argument('<entitlement>', 'its id')
      .option('--breach', 'the promise was broken')
      .option('--on <day>', 'on this day; today when left out')
      .option('--quantity <number>', 'so much of it; one when left out')
      .option('--note <text>', 'kept with it'),
    uses,
    async (client, { breach, on, quantity, note }, customerNo = '', entitlement = '') => {
      const id = await idOfCustomer(client, customerNo);
      await client.call('POST', `/customers/${id}/entitlements`, {
        entitlementId: Number(entitlement),
        isBreach: breach === true,
        ...(on === undefined ? {} : { usedOn: on }),
        ...(quantity === undefined ? {} : { quantity: Number(quantity) }),
        ...(note === undefined ? {} : { note }),
      });
      await printOfCustomer(client, id, language());
    },
  );
  add(
    entitlements
      .command('uses')
      .description('what was written down of a customer in twelve months')
      .argument('<customer>', 'number of the customer'),
    reads,
    async (client, _options, customerNo = '') => {
      const id = await idOfCustomer(client, customerNo);
      printItems(
        (await client.call<EntitlementUses>('GET', `/customers/${id}/entitlements/uses`)).items,
        [
          ['tiers.policyId', (use) => use.entitlementUseId],
          ['policy.on', (use) => use.usedOn],
          ['segments.name', (use) => use.name],
          ['policy.used', (use) => (use.isBreach ? 0 : use.quantity)],
          ['policy.breached', (use) => (use.isBreach ? 1 : 0)],
          ['segments.madeBy', (use) => use.createdByName],
          ['policy.note', (use) => use.note],
        ],
        language(),
      );
    },
  );
  add(
    entitlements
      .command('undo')
      .description('take back what was written down by mistake')
      .argument('<use>', 'its id, as `uses` lists it'),
    uses,
    async (client, _options, id) => {
      await client.call('DELETE', `/entitlements/uses/${id}`);
      printDone(null, say(language(), 'policy.takenBack'));
    },
  );
}
