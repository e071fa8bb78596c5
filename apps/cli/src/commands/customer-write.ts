import type { CustomerDetail } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printJson, printTable, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';
import { addProfileOptions, profileOf, type ProfileOptions } from './profile-options.js';

interface FieldOptions extends ProfileOptions {
  shortName?: string;
  legalName?: string;
  creditCode?: string;
  registry?: string;
  region?: string;
  industry?: string;
}

function addFieldOptions(command: Command): Command {
  return addProfileOptions(command)
    .option('--short-name <text>', 'short name')
    .option('--legal-name <text>', 'name in the register of companies')
    .option('--credit-code <code>', 'unified social credit code, or the older organisation code')
    .option('--registry <country:number>', 'number in a foreign register, such as US:0012345')
    .option('--region <text>', 'region')
    .option('--industry <text>', 'industry');
}

const textOf = (text: string | undefined) => (text === '' ? null : text);

/** The options as the interface takes them; an empty text empties the field, what is not given is left out. */
function fieldsOf(options: FieldOptions): object {
  const [country, ...number] = options.registry?.split(':') ?? [];
  return {
    shortName: textOf(options.shortName),
    legalName: textOf(options.legalName),
    creditCode: textOf(options.creditCode),
    ...(options.registry === undefined
      ? {}
      : { registryCountry: textOf(country), registryNo: textOf(number.join(':')) }),
    region: textOf(options.region),
    industry: textOf(options.industry),
  };
}

/** Labels and values for people, JSON for programs. */
function printCustomer(customer: CustomerDetail, language: Language): void {
  if (!process.stdout.isTTY) {
    printJson(customer);
    return;
  }
  printTable([
    [say(language, 'customer.number'), customer.customerNo],
    [say(language, 'customer.name'), customer.name],
    [say(language, 'customer.creditCode'), customer.creditCode ?? ''],
  ]);
}

export function registerCustomerCreate(customer: Command, language: () => Language): void {
  const command = customer
    .command('create')
    .description('add a customer')
    .argument('<customer>', 'its number')
    .argument('<name>', 'what it is called');
  addServerOptions(addFieldOptions(command)).action(
    (customerNo: string, name: string, options: FieldOptions & ServerOptions) =>
      withServer(options, language(), ['customers:write', 'customers:read'], async (client) => {
        const profile = await profileOf(client, options);
        const body = { customerNo, name, ...fieldsOf(options), ...profile };
        printCustomer(await client.call<CustomerDetail>('POST', '/customers', body), language());
      }),
  );
}

export function registerCustomerUpdate(customer: Command, language: () => Language): void {
  const command = customer
    .command('update')
    .description('change a customer; only what is given changes')
    .argument('<customer>', 'its number')
    .option('--name <text>', 'what it is called');
  addServerOptions(addFieldOptions(command)).action(
    (customerNo: string, options: FieldOptions & ServerOptions & { name?: string }) =>
      withServer(options, language(), ['customers:write', 'customers:read'], async (client) => {
        const path = `/customers/${await idOfCustomer(client, customerNo)}`;
        const { rowVersion } = await client.call<CustomerDetail>('GET', path);
        const profile = await profileOf(client, options);
        const body = { name: options.name, ...fieldsOf(options), ...profile, rowVersion };
        printCustomer(await client.call<CustomerDetail>('PATCH', path, body), language());
      }),
  );
}
