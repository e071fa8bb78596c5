import type { ValidationRule, ValidationRuleInput } from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printJson, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import type { ServerOptions } from './customer-server.js';
import { commandsOf, printItems } from './server-command.js';

interface Options extends ServerOptions {
  pattern?: string;
  when?: string;
  value?: string[];
  message?: string;
  always?: boolean;
  required?: boolean;
  on?: boolean;
  off?: boolean;
}

const path = '/quality/rules';

const readRules = async (client: ServerClient) =>
  (await client.call<{ items: ValidationRule[] }>('GET', path)).items;

/** What a command names of a rule; the rest stays as it is. */
function changeOf(options: Options): Partial<ValidationRuleInput> {
  const { pattern, when, value, message, always, required, on, off } = options;
  return {
    ...(pattern === undefined ? {} : { kind: 'pattern', pattern }),
    ...(required ? { kind: 'required', pattern: null } : {}),
    ...(when === undefined ? {} : { whenField: when }),
    ...(value === undefined ? {} : { whenValues: value }),
    ...(always ? { whenField: null, whenValues: [] } : {}),
    ...(message === undefined ? {} : { message: message === '' ? null : message }),
    ...(on ? { isActive: true } : {}),
    ...(off ? { isActive: false } : {}),
  };
}

const addDemands = (command: Command) =>
  command
    .option('--pattern <pattern>', '# a digit, @ a letter, ? any sign, * any number of them')
    .option('--when <field>', 'holds where this field has one of the values')
    .option('--value <text...>', 'values of that field')
    .option(
      '--message <text>',
      'what the writer is told in place of the usual sentence; empty: the usual one',
    )
    .option('--off', 'the rule is kept and not applied');

/** `kezi quality rule`: what customers must fulfil when they are written. */
export function registerQualityRule(quality: Command, language: () => Language): void {
  const rule = quality.command('rule').description('what customers must fulfil when they are written');
  const add = commandsOf(language);
  add(rule.command('list').description('all rules'), ['quality:read'], async (client) => {
    const columns = [
      ['quality.rule.id', (one: ValidationRule) => String(one.validationRuleId)],
      ['quality.rule.field', (one: ValidationRule) => one.field],
      [
        'quality.rule.demand',
        (one: ValidationRule) => one.pattern ?? say(language(), 'quality.rule.required'),
      ],
      [
        'quality.rule.when',
        (one: ValidationRule) =>
          one.whenField === null ? '' : `${one.whenField}: ${one.whenValues.join(', ')}`,
      ],
      ['quality.rule.message', (one: ValidationRule) => one.message],
      ['quality.rule.off', (one: ValidationRule) => (one.isActive ? '' : '*')],
    ] as const;
    printItems(await readRules(client), columns, language());
  });
  const make = rule
    .command('add')
    .description('require a field, or with --pattern that it is written like one')
    .argument('<field>', 'such as region, custom.phone, or a field of your own by its key, such as cf3');
  add<Options>(addDemands(make), ['quality:write'], async (client, options, field) =>
    printJson(
      await client.call<ValidationRule>('POST', path, { field, kind: 'required', ...changeOf(options) }),
    ),
  );
  const change = rule
    .command('change')
    .description('change a rule; what is not named stays')
    .argument('<id>', 'id of the list')
    .option('--required', 'it must be filled in, however it is written')
    .option('--always', 'holds for all customers')
    .option('--on', 'apply it again');
  add<Options>(addDemands(change), ['quality:read', 'quality:write'], async (client, options, id = '') => {
    const before = (await readRules(client)).find((one) => String(one.validationRuleId) === id);
    if (!before) throw new CodedError('quality.rule_not_found');
    const { validationRuleId, ...kept } = before;
    printJson(
      await client.call<ValidationRule>('PUT', `${path}/${validationRuleId}`, {
        ...kept,
        ...changeOf(options),
      }),
    );
  });
  const remove = rule.command('delete').description('delete a rule').argument('<id>', 'id of the list');
  add(remove, ['quality:write'], async (client, _options, id = '') => {
    await client.call('DELETE', `${path}/${encodeURIComponent(id)}`);
  });
}
