import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { addAuditFilter, auditFilterQuery, type AuditFilterOptions } from './audit-list.js';
import { addServerOptions, withServer } from './customer-server.js';

export function registerAuditExport(audit: Command, language: () => Language): void {
  const command = audit
    .command('export')
    .description('the audit as CSV; that it was exported is an entry of the audit')
    .argument('<file>', 'file to write');
  addServerOptions(addAuditFilter(command)).action((file: string, options: AuditFilterOptions) =>
    withServer(options, language(), 'audit:read', (client) =>
      client.download(`/audit/export?${auditFilterQuery(options).toString()}`, (body) =>
        pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(file)),
      ),
    ),
  );
}
