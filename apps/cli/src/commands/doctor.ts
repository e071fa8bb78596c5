import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { exitCodes, printJson } from '../output.js';

const signs = { ok: '✓', warning: '!', bad: '✗' } as const;

export function registerDoctor(program: Command, language: () => Language): void {
  program
    .command('doctor')
    .description(
      'look at everything Kezi stands on and say what is not right; exit code 1 when something is bad',
    )
    .option('--data <folder>', 'data folder', 'data')
    .action(async ({ data }: { data: string }) => {
      const { diagnose, readConfig } = await import('@kezi/server');
      const checks = await diagnose(readConfig({ dataFolder: data }), language(), new Date());
      const isBad = checks.some((check) => check.verdict === 'bad');
      if (process.stdout.isTTY) {
        for (const { verdict, detail } of checks) process.stdout.write(`${signs[verdict]} ${detail}\n`);
      } else printJson({ ok: !isBad, checks });
      if (isBad) process.exitCode = exitCodes.failed;
    });
}
