import { importKind, type ImportBatch, type ImportCounts, type ImportKind } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { jobBar } from '../job-bar.js';
import { exitCodes, note, printJson, printTable, say } from '../output.js';
import { serverClient, type ServerClient } from '../server-client.js';
import { patchOf, readMap } from './import-map.js';
import { refuseUnknownEnding, writeRejects } from './import-rejects.js';
import { keepApart } from './written-over.js';

interface Options {
  kind: ImportKind;
  map?: string;
  server?: string;
  key?: string;
  data: string;
  yes?: boolean;
  rejects?: string;
}

async function confirmed(language: Language): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|是|好)$/i.test((await lines.question(say(language, 'import.confirm'))).trim());
  } finally {
    lines.close();
  }
}

function countsTable(counts: ImportCounts, language: Language): [string, string][] {
  const number = new Intl.NumberFormat(language);
  const rows: [string, string][] = [
    [
      say(language, 'import.rows'),
      [counts.read, counts.accepted, counts.rejected].map((count) => number.format(count)).join(' / '),
    ],
  ];
  for (const [kind, { added, changed, unchanged }] of Object.entries(counts.records)) {
    const label = say(language, `import.kind.${kind as ImportKind}`);
    rows.push([label, [added, changed, unchanged].map((count) => number.format(count)).join(' / ')]);
  }
  return rows;
}

async function uploadAndMap(client: ServerClient, file: string, options: Options): Promise<ImportBatch> {
  const map = options.map === undefined ? null : readMap(options.map);
  const bar = await jobBar();
  try {
    const uploaded = await client.upload<ImportBatch>(`/imports?kind=${options.kind}`, file, (sent, total) =>
      bar.update('upload', sent, total),
    );
    if (map === null) return uploaded;
    return await client.call('PATCH', `/imports/${uploaded.importBatchId}`, patchOf(map, uploaded));
  } finally {
    bar.stop();
  }
}

async function act(
  client: ServerClient,
  batch: ImportBatch,
  action: 'check' | 'start',
): Promise<ImportBatch> {
  const path = `/imports/${batch.importBatchId}`;
  const { jobId } = await client.call<ImportBatch>('POST', `${path}/${action}`);
  const bar = await jobBar();
  const cancel = () => {
    client.call('POST', `${path}/cancel`).catch((error: unknown) => note(String(error)));
  };
  process.once('SIGINT', cancel);
  try {
    if (jobId !== null) await client.waitFor(jobId, bar.follow);
  } finally {
    process.removeListener('SIGINT', cancel);
    bar.stop();
  }
  return client.call<ImportBatch>('GET', path);
}

async function importFile(
  client: ServerClient,
  file: string,
  options: Options,
  language: Language,
): Promise<void> {
  let batch = await uploadAndMap(client, file, options);
  for (const column of batch.columns) {
    const field = Object.entries(batch.mapping.columns).find(([, index]) => index === column.index)?.[0];
    if (field) note(`  ${column.name} → ${field}`);
  }
  // A person at a terminal sees what would happen first; a program has said --yes by using a pipe.
  if (process.stdin.isTTY && !options.yes) {
    batch = await act(client, batch, 'check');
    if (batch.counts) printTable(countsTable(batch.counts, language));
    if (!(await confirmed(language))) return;
  }
  batch = await act(client, batch, 'start');
  const { importBatchId, status, counts } = batch;
  if (process.stdout.isTTY && counts) printTable(countsTable(counts, language));
  else printJson({ importBatchId, status, counts });
  if (!counts || counts.rejected === 0) return;
  process.exitCode = exitCodes.rejected;
  if (options.rejects === undefined) {
    note(say(language, 'import.rejectsHint'));
    return;
  }
  await writeRejects(client, batch, options.rejects, language);
}

export function registerImport(program: Command, language: () => Language): void {
  program
    .command('import')
    .description(
      'take a file of customers, their records, products or orders in; exit code 3 when rows were rejected',
    )
    .argument('<file>', '.csv, .tsv, .txt (each also .gz), .xlsx or .parquet')
    .addOption(
      new Option('--kind <kind>', 'what the rows are').choices([...importKind.options]).makeOptionMandatory(),
    )
    .option(
      '--map <file>',
      'JSON that says which column a field is, where the guess is wrong: {"customerId": "Client", "orderDate": 2}',
    )
    .option('--rejects <file>', 'write rejected rows, as .xlsx or .csv, to be mended and imported again')
    .option('--yes', 'do not ask before importing')
    .option('--server <url>', 'a server elsewhere; needs --key')
    .option('--key <key>', 'API key for that server (or KEZI_KEY)')
    .option('--data <folder>', 'data folder on this machine', 'data')
    .action(async (file: string, options: Options) => {
      refuseUnknownEnding(options.rejects);
      keepApart([file], [options.rejects]);
      const key = options.key ?? process.env['KEZI_KEY'];
      if (options.server !== undefined) {
        await importFile(serverClient(options.server, key ?? '', language()), file, options, language());
        return;
      }
      const { readConfig, useServer } = await import('@kezi/server');
      const config = { ...readConfig({ dataFolder: options.data }), logLevel: 'warn' };
      const scopes = ['imports:read', 'imports:write', 'jobs:read', 'jobs:cancel'] as const;
      await useServer(config, [...scopes], new Date(), (server) =>
        importFile(serverClient(server.url, server.key, language()), file, options, language()),
      );
    });
}
