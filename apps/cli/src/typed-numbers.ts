import { CodedError } from '@kezi/contract/errors';
import type { Command } from 'commander';

/**
 * Options and arguments whose place is called so in the help take the id of a record; `<id-or-none>` takes the word too,
 * `<id-or-nothing>` an empty text.
 */
const ids = new Set(
  'id clock colleague decision delivery entitlement policy pool rule run segment set team use user'.split(
    ' ',
  ),
);
const figures = new Set(['amount', 'number', 'percent', 'rows']);

/** What is written between the brackets: `--tier <id...>` takes an id. */
const placeIn = (flags: string): string => /[<[]([^>\].]+)/.exec(flags)?.[1] ?? '';

function check(field: string, place: string, value: unknown): void {
  if (Array.isArray(value)) return value.forEach((one) => check(field, place, one));
  const [kind = '', word] = place.split('-or-');
  // What is no text was read by a parser of its own.
  if (typeof value !== 'string' || value === (word === 'nothing' ? '' : word)) return;
  if (ids.has(kind) && !/^[1-9]\d{0,15}$/.test(value))
    throw new CodedError('cli.not_an_id', { field, text: value });
  if (figures.has(kind) && (value.trim() === '' || !Number.isFinite(Number(value))))
    throw new CodedError('cli.not_a_number', { field });
}

/**
 * Before a command does anything: JavaScript takes an empty text for 0, and a server that is sent NaN hears of nothing.
 * It would name the place in a request that nobody typed.
 * @throws CodedError cli.not_an_id, cli.not_a_number
 */
export function checkTypedNumbers(command: Command): void {
  // A command below one that does something itself takes the options of both.
  for (let of: Command | null = command; of !== null; of = of.parent) {
    for (const option of of.options)
      check(option.long ?? option.flags, placeIn(option.flags), of.getOptionValue(option.attributeName()));
  }
  command.registeredArguments.forEach((argument, at) =>
    check(`<${argument.name()}>`, argument.name(), command.processedArgs[at]),
  );
}
