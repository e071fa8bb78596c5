import type { Command } from 'commander';
import type { UserHelp } from '@kezi/server';
import { printJson } from '../output.js';

interface Options {
  data: string;
  url?: string;
}

const helps: readonly (readonly [UserHelp, string])[] = [
  ['show', 'by what means a person can get in'],
  ['link', 'make a link by which a person sets their password: an invitation, or a reset; it works once'],
  ['sign-out', 'end every session of a person'],
  ['unblock', 'let a person try again at once after too many wrong attempts'],
  ['second-factor-off', 'take away the second factor of a person who has lost it'],
];

/** For the machine on which the data lies: whoever works there may help anybody in. Every act is an audit entry. */
export function registerUserHelp(user: Command): void {
  for (const [help, description] of helps) {
    const command = user
      .command(help)
      .description(description)
      .argument('<email>', 'address the person signs in with')
      .option('--data <folder>', 'data folder', 'data');
    if (help === 'link')
      command.option('--url <address>', 'address of the web pages', 'http://localhost:7300');
    command.action(async (email: string, { data, url }: Options) => {
      const { helpUser, readConfig } = await import('@kezi/server');
      const config = readConfig({ dataFolder: data });
      const { access, link } = await helpUser(config, { email, help }, new Date());
      if (link === undefined) printJson({ email, ...access });
      else {
        const address = new URL(`/enter#${link.token}`, config.publicUrl ?? url).href;
        printJson({ email, kind: link.kind, address, expiresAt: link.expiresAt });
      }
    });
  }
}
