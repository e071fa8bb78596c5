import { text } from 'node:stream/consumers';
import type { Role } from '@kezi/contract';
import { Option, type Command } from 'commander';
import { printJson } from '../output.js';

interface Options {
  email: string;
  name: string;
  role: Role;
  passwordStdin?: boolean;
  data: string;
}

export function registerUserCreate(user: Command): void {
  user
    .command('create')
    .description('add a person; the password comes on standard input, or a random one is printed once')
    .requiredOption('--email <address>', 'address to sign in with')
    .requiredOption('--name <name>', 'name as others see it')
    .addOption(
      new Option('--role <role>', 'what they may do')
        .choices(['administrator', 'director', 'manager', 'member'])
        .default('member'),
    )
    .option('--password-stdin', 'read the password from standard input')
    .option('--data <folder>', 'data folder', 'data')
    .action(async ({ email, name, role, passwordStdin, data }: Options) => {
      const { randomBytes } = await import('node:crypto');
      const { addUser, readConfig } = await import('@kezi/server');
      const password = passwordStdin
        ? (await text(process.stdin)).replace(/\r?\n$/, '')
        : randomBytes(12).toString('base64url');
      const config = readConfig({ dataFolder: data });
      const made = await addUser(config, { email, name, role, password }, new Date());
      const { id, scope } = made;
      const answer = { id, email: made.email, name, role, scope, ...(passwordStdin ? {} : { password }) };
      printJson(answer);
    });
}
