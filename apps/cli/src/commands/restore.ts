import { resolve } from 'node:path';
import type { Command } from 'commander';
import { printJson } from '../output.js';

export function registerRestore(program: Command): void {
  program
    .command('restore')
    .description('load a backup into an empty data folder and compare every table')
    .argument('<file>', 'the archive to read')
    .option('--data <folder>', 'data folder, which must be empty', 'data')
    .action(async (file: string, { data }: { data: string }) => {
      const { readConfig, restore } = await import('@kezi/server');
      const report = await restore(readConfig({ dataFolder: data }), resolve(file));
      printJson(report);
    });
}
