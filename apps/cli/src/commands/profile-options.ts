import {
  customerSizes,
  salesStages,
  type CustomerPatch,
  type CustomField,
  type FieldValues,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import type { ServerClient } from '../server-client.js';

export interface ProfileOptions {
  size?: string;
  salesStage?: string;
  source?: string;
  tags?: string;
  industryCode?: string;
  country?: string;
  division?: string;
  set?: string[];
}

/** What more can be said of a customer; an empty text empties it. */
export function addProfileOptions(command: Command): Command {
  return command
    .addOption(new Option('--size <size>', 'size').choices([...customerSizes, '']))
    .addOption(new Option('--sales-stage <stage>', 'how far we have come').choices([...salesStages, '']))
    .option('--source <text>', 'where the customer came from')
    .option('--tags <list>', 'tags with commas between, in place of those there are')
    .option('--industry-code <code>', 'GB/T 4754: a section (C) or a division (26)')
    .option('--country <code>', 'ISO 3166: two letters')
    .option('--division <code>', 'GB/T 2260: six digits')
    .option('--set <field=value...>', "values of the company's own fields, by key or name: cf3=VIP");
}

const textOf = (text: string | undefined) => (text === '' ? null : text);

/** `cf3=VIP`: the value as a field of its kind takes it. */
function valueOf(field: CustomField, text: string): string | number | null {
  if (text === '') return null;
  const isNumber = ['number', 'money', 'person'].includes(field.kind);
  return isNumber && Number.isFinite(Number(text)) ? Number(text) : text;
}

async function ownValues(
  client: ServerClient,
  set: readonly string[] | undefined,
): Promise<FieldValues | undefined> {
  if (set === undefined) return undefined;
  const { items } = await client.call<{ items: CustomField[] }>('GET', '/custom-fields');
  const values: FieldValues = {};
  for (const written of set) {
    const [name = '', ...rest] = written.split('=');
    const field = items.find((one) => [one.key, one.name, one.nameEn].includes(name));
    if (!field) throw new CodedError('custom_fields.unknown', { field: name });
    values[field.key] = valueOf(field, rest.join('='));
  }
  return values;
}

/** The options as the interface takes them; what is not given is left out. */
export async function profileOf(
  client: ServerClient,
  options: ProfileOptions,
): Promise<Partial<Record<keyof CustomerPatch, unknown>>> {
  return {
    size: textOf(options.size),
    salesStage: textOf(options.salesStage),
    source: textOf(options.source),
    tags: options.tags
      ?.split(/[,，、]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    industryCode: textOf(options.industryCode),
    countryCode: textOf(options.country),
    divisionCode: textOf(options.division),
    fields: await ownValues(client, options.set),
  };
}
