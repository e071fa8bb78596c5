import { resolve } from 'node:path';
import type { Command } from 'commander';
import { printJson } from '../output.js';
import { readPassphrase } from './passphrase-file.js';

export function registerRestore(program: Command): void {
  program
    .command('restore')
    .description('load a backup into an empty data folder and compare every table')
    .argument('<file>', 'the archive to read')
    .option('--data <folder>', 'data folder, which must be empty', 'data')
    .option('--passphrase-file <file>', 'open it with the passphrase in the first line of this file')
    .action(async (file: string, { data, passphraseFile }: { data: string; passphraseFile?: string }) => {
      const { readConfig, restore } = await import('@kezi/server');
      const config = readConfig({ dataFolder: data, ...readPassphrase(passphraseFile) });
      const report = await restore(config, resolve(file));
      printJson(report);
    });
}
