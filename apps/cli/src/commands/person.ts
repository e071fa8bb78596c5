import { writeFileSync } from 'node:fs';
import type { PersonalData } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printJson } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';

interface EraseOptions extends ServerOptions {
  reason: string;
}

/** One person's data: all of it in a file for them, or taken out of everything that is kept. */
export function registerPerson(program: Command, language: () => Language): void {
  const person = program.command('person').description("one person's data (PIPL, GDPR)");
  const exporting = person
    .command('export')
    .description('everything that is kept of a contact, as JSON; written into the audit')
    .argument('<contact>', 'id of the contact')
    .argument('<file>', 'file to write');
  addServerOptions(exporting).action((contact: string, file: string, options: ServerOptions) =>
    withServer(
      options,
      language(),
      ['persons:export', 'contacts:read', 'contacts:reveal', 'contacts:reveal-others'],
      async (client) => {
        const path = `/contacts/${encodeURIComponent(contact)}/personal-data`;
        const data = await client.call<PersonalData>('POST', path);
        writeFileSync(file, `${JSON.stringify(data, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
        printJson({ file, interactions: data.interactions.length, consents: data.consents.length });
      },
    ),
  );
  const erasing = person
    .command('erase')
    .description('take a contact out of everything that is kept; orders stay; cannot be undone')
    .argument('<contact>', 'id of the contact')
    .requiredOption('--reason <text>', 'why, without the data of the person');
  addServerOptions(erasing).action((contact: string, options: EraseOptions) =>
    withServer(options, language(), ['persons:erase', 'contacts:read'], async (client) => {
      const path = `/contacts/${encodeURIComponent(contact)}/erase`;
      printJson(await client.call<object>('POST', path, { reason: options.reason }));
    }),
  );
}
