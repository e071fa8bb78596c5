import type { ContactRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { addFieldOptions, fieldsOf, type FieldOptions } from './contact-fields.js';
import { printContact } from './contact-show.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { idOfCustomer } from './customer-show.js';

interface CreateOptions extends ServerOptions, FieldOptions {
  customer: string;
}

interface UpdateOptions extends ServerOptions, FieldOptions {
  name?: string;
}

export function registerContactCreate(contact: Command, language: () => Language): void {
  const command = contact
    .command('create')
    .description('add a person to a customer')
    .argument('<name>', 'what the person is called')
    .requiredOption('--customer <customer>', 'number of the customer');
  addServerOptions(addFieldOptions(command)).action((name: string, options: CreateOptions) =>
    withServer(options, language(), ['contacts:write', 'customers:read'], async (client) => {
      const customerId = await idOfCustomer(client, options.customer);
      const body = { name, ...fieldsOf(options) };
      printContact(
        await client.call<ContactRow>('POST', `/customers/${customerId}/contacts`, body),
        language(),
      );
    }),
  );
}

export function registerContactUpdate(contact: Command, language: () => Language): void {
  const command = contact
    .command('update')
    .description('change a person; only what is given changes')
    .argument('<id>', 'id of the contact')
    .option('--name <text>', 'what the person is called');
  addServerOptions(addFieldOptions(command)).action((id: string, options: UpdateOptions) =>
    withServer(options, language(), ['contacts:read', 'contacts:write'], async (client) => {
      const path = `/contacts/${encodeURIComponent(id)}`;
      const { rowVersion } = await client.call<ContactRow>('GET', path);
      const body = { name: options.name, ...fieldsOf(options), rowVersion };
      printContact(await client.call<ContactRow>('PATCH', path, body), language());
    }),
  );
}
