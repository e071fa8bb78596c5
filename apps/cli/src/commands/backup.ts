import { resolve } from 'node:path';
import type { Command } from 'commander';
import { printJson } from '../output.js';
import { readPassphrase } from './passphrase-file.js';

export function registerBackup(program: Command): void {
  program
    .command('backup')
    .description('write everything into one checked archive, while people work')
    .argument('<file>', 'the archive to write')
    .option('--data <folder>', 'data folder', 'data')
    .option('--passphrase-file <file>', 'seal it with the passphrase in the first line of this file')
    .action(async (file: string, { data, passphraseFile }: { data: string; passphraseFile?: string }) => {
      const { backup, readConfig } = await import('@kezi/server');
      const config = readConfig({ dataFolder: data, ...readPassphrase(passphraseFile) });
      const report = await backup(config, resolve(file), new Date());
      printJson(report);
    });
}
