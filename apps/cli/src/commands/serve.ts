import type { Command } from 'commander';

interface Options {
  port: string;
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
    );
  }
  return `${lines.join('\n')}\n`;
}

export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('start the server')
    .option('--port <number>', 'port to listen on; 0 takes a free one', '7300')
    .option('--host <address>', 'address to listen on; 0.0.0.0 lets other machines in', '127.0.0.1')
    .option('--data <folder>', 'data folder', 'data')
    .action(async ({ port, host, data }: Options) => {
      const { readConfig, startServer } = await import('@kezi/server');
      const isTerminal = process.stdout.isTTY;
      const server = await startServer(readConfig({ host, port: Number(port), dataFolder: data }));
      process.stdout.write(
        isTerminal
          ? greeting(server.url, server.setupCode)
          : `${JSON.stringify({ listening: server.url })}\n`,
      );
      if (!isTerminal && server.setupCode !== null)
        process.stderr.write(greeting(server.url, server.setupCode));
      let stopping = false;
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.on(signal, () => {
          // A second Ctrl+C means that the first took too long.
          if (stopping) process.exit(1);
          stopping = true;
          server.stop().then(
            () => process.exit(0),
            (error: unknown) => {
              process.stderr.write(`${String(error)}\n`);
              process.exit(1);
            },
          );
        });
      }
    });
}
