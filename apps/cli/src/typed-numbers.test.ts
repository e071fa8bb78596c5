import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { checkTypedNumbers } from './typed-numbers.js';

/** A command as ours are declared, run with what somebody typed. */
async function run(...typed: string[]): Promise<string> {
  let done = 'not run';
  const program = new Command().exitOverride();
  program.hook('preAction', (_program, command) => checkTypedNumbers(command));
  program
    .command('decide')
    .argument('<decision...>')
    .option('--tier <id...>')
    .option('--main <id-or-none>')
    .option('--boss <id-or-nothing>')
    .option('--limit <rows>', 'at most so many', '20')
    .option('--share <percent>')
    .option('--customer <customer>')
    .action(() => void (done = 'done'));
  await program.parseAsync(['decide', ...typed], { from: 'user' });
  return done;
}

describe('what is typed where an id or a number belongs', () => {
  it.each([
    [['7', '8']],
    [['7', '--tier', '1', '2', '--main', 'none', '--boss', '']],
    [['7', '--main', '3', '--boss', '4', '--limit', '50', '--share', '-2.5', '--customer', 'C-0']],
  ])('takes %j', async (typed) => {
    expect(await run(...typed)).toBe('done');
  });

  it.each([
    [['abc'], 'cli.not_an_id', '<decision>'],
    [['7', ''], 'cli.not_an_id', '<decision>'],
    [['0'], 'cli.not_an_id', '<decision>'],
    [['1.5'], 'cli.not_an_id', '<decision>'],
    [['../1'], 'cli.not_an_id', '<decision>'],
    [['7', '--tier', '1', ''], 'cli.not_an_id', '--tier'],
    [['7', '--main', ''], 'cli.not_an_id', '--main'],
    [['7', '--boss', 'none'], 'cli.not_an_id', '--boss'],
    [['7', '--limit', 'abc'], 'cli.not_a_number', '--limit'],
    [['7', '--limit', ''], 'cli.not_a_number', '--limit'],
    [['7', '--share', ' '], 'cli.not_a_number', '--share'],
    [['7', '--share', 'Infinity'], 'cli.not_a_number', '--share'],
  ])('refuses %j before anything is done, and names the place as it is typed', async (typed, code, field) => {
    await expect(run(...typed)).rejects.toMatchObject({ code, params: { field } });
  });
});
