import { customFieldKinds, type CustomField, type CustomFieldKind } from '@kezi/contract';
import { Option, type Command } from 'commander';
import type { Language } from '@kezi/contract/errors';
import { printColumns, printJson, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';

interface CreateOptions extends ServerOptions {
  kind: CustomFieldKind;
  nameEn?: string;
  choice?: string[];
  required?: boolean;
}

const lineOf = (field: CustomField) => [
  field.key,
  field.name,
  field.nameEn ?? '',
  field.kind,
  field.isRequired ? '*' : '',
  field.choices.join('、'),
];

/** `kezi field`: the fields that the company adds to its customers. */
export function registerField(program: Command, language: () => Language): void {
  const field = program.command('field').description("the company's own fields of customers");
  const list = field
    .command('list')
    .description('fields in use: a table on a terminal, one JSON object a line on a pipe');
  addServerOptions(list).action((options: ServerOptions) =>
    withServer(options, language(), 'customers:read', async (client) => {
      const { items } = await client.call<{ items: CustomField[] }>('GET', '/custom-fields');
      if (!process.stdout.isTTY) items.forEach((one) => printJson(one));
      else {
        const words = ['key', 'name', 'nameEn', 'kind', 'required', 'choices'] as const;
        const header = words.map((word) => say(language(), `field.${word}`));
        printColumns([header, ...items.map(lineOf)], new Set());
      }
    }),
  );
  const create = field
    .command('create')
    .description('add a field')
    .argument('<name>', 'its name in Chinese')
    .addOption(
      new Option('--kind <kind>', 'what its values are').choices([...customFieldKinds]).makeOptionMandatory(),
    )
    .option('--name-en <text>', 'its name in English')
    .option('--choice <text...>', 'what can be chosen')
    .option('--required', 'a new customer must have it');
  addServerOptions(create).action((name: string, options: CreateOptions) =>
    withServer(options, language(), 'fields:write', async (client) => {
      const { kind, nameEn, choice, required } = options;
      const body = { name, kind, nameEn, choices: choice, isRequired: required };
      printJson(await client.call<CustomField>('POST', '/custom-fields', body));
    }),
  );
  const retire = field
    .command('retire')
    .description('take a field out of use; its values stay in the database')
    .argument('<key>', 'its key, such as cf3');
  addServerOptions(retire).action((key: string, options: ServerOptions) =>
    withServer(options, language(), 'fields:write', async (client) => {
      await client.call('DELETE', `/custom-fields/${encodeURIComponent(key.replace(/^cf/, ''))}`);
    }),
  );
}
