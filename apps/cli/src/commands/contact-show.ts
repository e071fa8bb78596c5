import type { ContactRow, ContactWays } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printJson, printTable, say } from '../output.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';

interface Options extends ServerOptions {
  reveal?: boolean;
}

/** Labels and values for people, JSON for programs. */
export function printContact(contact: ContactRow, language: Language): void {
  if (!process.stdout.isTTY) {
    printJson(contact);
    return;
  }
  const lines: (readonly [string, string | null])[] = [
    [say(language, 'contact.id'), String(contact.contactId)],
    [say(language, 'contact.name'), contact.name],
    [say(language, 'contact.title'), [contact.title, contact.department].filter(Boolean).join(' · ')],
    [say(language, 'contact.customer'), contact.customerName],
    [say(language, 'contact.role'), contact.decisionRole],
    [say(language, 'contact.influence'), contact.influence === null ? null : String(contact.influence)],
    [say(language, 'contact.attitude'), contact.attitude === null ? null : String(contact.attitude)],
    [say(language, 'contact.reportsTo'), contact.reportsToName],
    [
      say(language, 'contact.reach'),
      [...contact.phones, ...contact.mails, contact.wechat].filter(Boolean).join('  '),
    ],
    [say(language, 'contact.leftOn'), contact.leftOn],
    [say(language, 'contact.notes'), contact.notes],
  ];
  printTable(lines.flatMap(([label, value]) => (value ? [[label, value] as const] : [])));
}

export function registerContactShow(contact: Command, language: () => Language): void {
  const command = contact
    .command('show')
    .description('one person')
    .argument('<id>', 'id of the contact')
    .option('--reveal', 'phones, mails and WeChat in full; written into the audit');
  addServerOptions(command).action((id: string, options: Options) =>
    withServer(
      options,
      language(),
      options.reveal ? ['contacts:read', 'contacts:reveal', 'contacts:reveal-others'] : ['contacts:read'],
      async (client) => {
        const path = `/contacts/${encodeURIComponent(id)}`;
        const found = await client.call<ContactRow>('GET', path);
        const full = options.reveal ? await client.call<ContactWays>('POST', `${path}/reveal`) : {};
        printContact({ ...found, ...full }, language());
      },
    ),
  );
}
