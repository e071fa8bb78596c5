import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { exitCodes, printJson, say } from '../output.js';

interface Options {
  data: string;
  audit?: boolean;
  head?: string;
}

const signs = { ok: '✓', warning: '!', bad: '✗' } as const;

export function registerDoctor(program: Command, language: () => Language): void {
  program
    .command('doctor')
    .description(
      'look at everything Kezi stands on and say what is not right; exit code 1 when something is bad',
    )
    .option('--data <folder>', 'data folder', 'data')
    .option(
      '--audit',
      'go through the hash chain of the audit instead and name the first entry that does not fit',
    )
    .option(
      '--head <link>',
      'with --audit: a link that an earlier check printed as head; it must still be there',
    )
    .action(async ({ data, audit, head }: Options) => {
      const { diagnose, readConfig, verifyAudit } = await import('@kezi/server');
      if (audit) {
        const report = await verifyAudit(readConfig({ dataFolder: data }), { language: language(), head });
        if (process.stdout.isTTY) {
          process.stdout.write(`${signs[report.ok ? 'ok' : 'bad']} ${report.detail}\n`);
          if (report.head !== null)
            process.stdout.write(`${say(language(), 'doctor.head')} ${report.head}\n`);
        } else printJson(report);
        if (!report.ok) process.exitCode = exitCodes.failed;
        return;
      }
      const checks = await diagnose(readConfig({ dataFolder: data }), language(), new Date());
      const isBad = checks.some((check) => check.verdict === 'bad');
      if (process.stdout.isTTY) {
        for (const { verdict, detail } of checks) process.stdout.write(`${signs[verdict]} ${detail}\n`);
      } else printJson({ ok: !isBad, checks });
      if (isBad) process.exitCode = exitCodes.failed;
    });
}
