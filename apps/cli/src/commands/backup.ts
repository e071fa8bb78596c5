import { resolve } from 'node:path';
import type { Command } from 'commander';
import { printJson } from '../output.js';

export function registerBackup(program: Command): void {
  program
    .command('backup')
    .description('write everything into one checked archive, while people work')
    .argument('<file>', 'the archive to write')
    .option('--data <folder>', 'data folder', 'data')
    .action(async (file: string, { data }: { data: string }) => {
      const { backup, readConfig } = await import('@kezi/server');
      const report = await backup(readConfig({ dataFolder: data }), resolve(file), new Date());
      printJson(report);
    });
}
