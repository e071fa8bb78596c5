import type { RunningServer } from '@kezi/server/start';
import { InvalidArgumentError, type Command } from 'commander';
import { exitCodes, note, printJson, reportError } from '../output.js';

interface Options {
  port: number;
  host: string;
  data: string;
}

/** Where to go, in both languages: whoever starts a server may not be the one who reads it. */
function greeting(url: string, setupCode: string | null): string {
  const lines = [`Kezi 客资 → ${url}`, '按 Ctrl+C 停止。Press Ctrl+C to stop.'];
  if (setupCode !== null) {
    lines.push(
      '',
      '还没有管理员：请打开上面的网址创建。从别的电脑创建时要填一次性验证码：',
      'There is no administrator yet: open the address above. From another machine it asks for this one-time code:',
      '',
      `    ${setupCode}`,
      '',
    );
  }
  return lines.join('\n');
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('0..65535');
  return port;
}

/** An orderly stop at the first signal; whoever sends a second one does not want to wait. */
function stopOnSignal(server: RunningServer): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(exitCodes.failed);
      stopping = true;
      server.stop().then(
        () => process.exit(exitCodes.ok),
        (error: unknown) => process.exit(reportError(error, 'en-US')),
      );
    });
  }
}

export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('start the server')
    .option('--port <number>', 'port to listen on; 0 takes a free one', portOf, 7300)
    .option('--host <address>', 'address to listen on; 0.0.0.0 lets other machines in', '127.0.0.1')
    .option('--data <folder>', 'data folder', 'data')
    .action(async ({ port, host, data }: Options) => {
      const { readConfig, startServer } = await import('@kezi/server/start');
      const server = await startServer(readConfig({ host, port, dataFolder: data }));
      stopOnSignal(server);
      // A program reads one line; the code is for the person beside it.
      if (!process.stdout.isTTY) printJson({ listening: server.url });
      if (process.stdout.isTTY || server.setupCode !== null) note(greeting(server.url, server.setupCode));
    });
}
