import type { AuditEntry } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { note, printColumns, printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';
import { pagesOf } from './pages-of.js';

export interface AuditFilterOptions extends ServerOptions {
  user?: string;
  action?: string;
  subject?: string;
  record?: string;
  address?: string;
  from?: string;
  to?: string;
}

/** What narrows the audit. */
export function addAuditFilter(command: Command): Command {
  return command
    .option(
      '--user <id-or-none>',
      'what this user did; none: the program itself, and whoever was not signed in',
    )
    .option('--action <name>', 'what was done, such as customers.exported or contact.revealed')
    .option('--subject <kind>', 'to what kind of record, such as customer')
    .option('--record <record>', 'to the record with this id')
    .option('--address <address>', 'from this address')
    .option('--from <day>', 'since this day')
    .option('--to <day>', 'up to this day');
}

export function auditFilterQuery(options: AuditFilterOptions): URLSearchParams {
  const { user, action, subject, record, address, from, to } = options;
  const given = {
    userId: user === 'none' ? '0' : user,
    action,
    subject,
    subjectId: record,
    address,
    from,
    to,
  };
  const named = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(named);
}

function lineOf(entry: AuditEntry): string[] {
  const record = [entry.subject, entry.subjectId, entry.subjectName].filter(Boolean).join(' ');
  const { id, recordedAt, userName, action, address, via } = entry;
  return [String(id), recordedAt, userName ?? '', action, record, address ?? '', via ?? ''];
}

interface Options extends AuditFilterOptions {
  limit: string;
}

async function listAudit(client: ServerClient, options: Options, language: Language): Promise<void> {
  const limit = Number(options.limit);
  const lines: string[][] = [];
  const path = `/audit?${auditFilterQuery(options).toString()}&`;
  for await (const rows of pagesOf<AuditEntry>(client, path, limit)) {
    if (process.stdout.isTTY) lines.push(...rows.map(lineOf));
    else rows.forEach((row) => printJson(row));
  }
  if (!process.stdout.isTTY) return;
  const words = ['id', 'at', 'user', 'action', 'record', 'address', 'via'] as const;
  printColumns([words.map((word) => say(language, `audit.${word}`)), ...lines], new Set([0]));
  if (lines.length === limit) note(say(language, 'customer.more', { limit: options.limit }));
}

export function registerAuditList(audit: Command, language: () => Language): void {
  const command = audit
    .command('list')
    .description(
      'who saw, changed and exported what: a table on a terminal, one JSON object a line on a pipe',
    )
    .option('--limit <rows>', 'at most so many', '50');
  addServerOptions(addAuditFilter(command)).action((options: Options) =>
    withServer(options, language(), 'audit:read', (client) => listAudit(client, options, language())),
  );
}
