import { writeFileSync } from 'node:fs';
import { retentionKinds, type PersonalData, type Retention } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { InvalidArgumentError, type Command } from 'commander';
import { printJson } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';

interface PersonOptions extends ServerOptions {
  customer?: true;
}

interface EraseOptions extends PersonOptions {
  reason: string;
}

/** Where a person stands: a contact, or a customer who is one. */
const pathOf = (id: string, { customer }: PersonOptions) =>
  `/${customer ? 'customers' : 'contacts'}/${encodeURIComponent(id)}`;

/** One person's data: all of it in a file for them, or taken out of everything that is kept. */
export function registerPerson(program: Command, language: () => Language): void {
  const person = program.command('person').description("one person's data (PIPL, GDPR)");
  const exporting = person
    .command('export')
    .description('everything that is kept of a contact, as JSON; written into the audit')
    .argument('<id>', 'id of the contact')
    .argument('<file>', 'file to write')
    .option('--customer', 'the id is that of a customer who is a person');
  addServerOptions(exporting).action((id: string, file: string, options: PersonOptions) =>
    withServer(
      options,
      language(),
      ['persons:export', 'customers:read', 'contacts:read', 'contacts:reveal', 'contacts:reveal-others'],
      async (client) => {
        const path = `${pathOf(id, options)}/personal-data`;
        const data = await client.call<Partial<PersonalData>>('POST', path);
        writeFileSync(file, `${JSON.stringify(data, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
        printJson({
          file,
          interactions: data.interactions?.length ?? 0,
          consents: data.consents?.length ?? 0,
        });
      },
    ),
  );
  const erasing = person
    .command('erase')
    .description('take a contact out of everything that is kept; orders stay; cannot be undone')
    .argument('<id>', 'id of the contact')
    .option('--customer', 'the id is that of a customer who is a person; orders and payments stay')
    .requiredOption('--reason <text>', 'why, without the data of the person');
  addServerOptions(erasing).action((id: string, options: EraseOptions) =>
    withServer(options, language(), ['persons:erase', 'customers:read', 'contacts:read'], async (client) => {
      printJson(
        await client.call<object>('POST', `${pathOf(id, options)}/erase`, { reason: options.reason }),
      );
    }),
  );
  registerPeriods(person, language);
}

interface PeriodOptions extends ServerOptions {
  deleted?: string;
  left?: string;
  silent?: string;
}

/** Months, or null for `off`. @throws InvalidArgumentError */
function monthsFrom(text: string): string {
  if (text === 'off' || /^[1-9]\d{0,2}$/.test(text)) return text;
  throw new InvalidArgumentError('a number of months, or off');
}

/** Without options the periods that are set; with some, those are set and the others stay. */
function registerPeriods(person: Command, language: () => Language): void {
  const periods = person
    .command('periods')
    .description('months after which contacts are erased by night, and who is next; options set them')
    .option('--deleted <months>', 'since they were deleted; off: kept', monthsFrom)
    .option('--left <months>', 'since they left their company', monthsFrom)
    .option('--silent <months>', 'since the last order or interaction of their customer', monthsFrom);
  addServerOptions(periods).action((options: PeriodOptions) =>
    withServer(options, language(), ['retention:read', 'retention:write'], async (client) => {
      const set = await client.call<Retention>('GET', '/retention');
      const asked = retentionKinds.filter((kind) => options[kind] !== undefined);
      if (asked.length === 0) return printJson(set);
      const wanted = new Map<string, number>(set.periods.map(({ kind, months }) => [kind, months]));
      for (const kind of asked) {
        if (options[kind] === 'off') wanted.delete(kind);
        else wanted.set(kind, Number(options[kind]));
      }
      return printJson(
        await client.call<Retention>('PUT', '/retention', { periods: Object.fromEntries(wanted) }),
      );
    }),
  );
}
