import {
  customerColumns,
  isFieldKey,
  type CustomerColumn,
  type CustomerExportQuery,
  type CustomField,
} from '@kezi/contract';
import { divisionOf, industryOf } from '@kezi/contract/codes';
import type { Language } from '@kezi/contract/errors';
import { minorDigits } from '@kezi/contract/currencies';
import { sql, type RawBuilder } from 'kysely';
import { isRestricted } from '../../../platform/http/field-wall.rules.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { exportHeader, standingWord } from './export-words.js';
import { wordOfProfile } from './profile-words.js';

export type ExportValue = string | number | null;

/** One column of an export: what stands above it, where its values come from, and how they are written. */
export interface ExportColumn {
  name: string;
  header: string;
  expression: RawBuilder<unknown>;
  write: (value: ExportValue) => ExportValue;
}

/** What only the customer itself has, not its entry in the register. */
const own = (column: string) =>
  `(select own.${column} from customer own where own.customer_id = c.customer_id)`;
const profile = (column: string) =>
  `(select p.${column} from customer_profile p where p.customer_id = c.customer_id)`;

const expressions: Readonly<Record<CustomerColumn, string>> = {
  customerNo: 'c.customer_no',
  name: 'c.name',
  shortName: 'c.short_name',
  legalName: own('legal_name'),
  creditCode: own('credit_code'),
  registryCountry: own('registry_country'),
  registryNo: own('registry_no'),
  parentName: 'p.name',
  ownerName: 'u.name',
  teamName: 'tm.name',
  region: 'c.region',
  industry: 'c.industry',
  size: profile('size'),
  salesStage: profile('stage'),
  source: profile('source'),
  tags: `(select array_to_string(p.tags, '、') from customer_profile p where p.customer_id = c.customer_id)`,
  industryCode: profile('industry_code'),
  countryCode: profile('country_code'),
  divisionCode: profile('division_code'),
  addresses: `(select string_agg(concat_ws(' ', a ->> 'kind', a ->> 'line', a ->> 'postcode'), '；')
    from customer_profile p, jsonb_array_elements(p.addresses) a where p.customer_id = c.customer_id)`,
  orders: 'c.orders',
  lastOrderOn: 'c.last_order_on',
  monetaryValue: 'c.monetary_value',
  pAlive: 'c.p_alive',
  expectedOrders: 'c.expected_orders',
  clv: 'c.clv',
  clvLow: 'c.clv_low',
  clvHigh: 'c.clv_high',
  nextOrderOn: 'c.next_order_on',
  rfmSegment: 'c.rfm_segment',
  tierName: 'tier.name',
  stage: 'c.stage',
};

/** How the file speaks: its language, and the currency of amounts. */
interface Told {
  language: Language;
  currency: string;
}

const asItIs = (value: ExportValue) => value;

/** Codes leave the house as words that an import reads again. */
function writerOf(name: CustomerColumn, language: Language): ExportColumn['write'] {
  const said = (code: ExportValue, of: (code: string) => { zh: string; en: string } | undefined) => {
    const entry = typeof code === 'string' ? of(code) : undefined;
    if (entry === undefined) return code;
    return `${String(code)} ${language === 'zh-CN' ? entry.zh : entry.en}`;
  };
  switch (name) {
    case 'size':
    case 'salesStage':
      return (value) => (typeof value === 'string' ? wordOfProfile(name, value, language) : value);
    case 'rfmSegment':
    case 'stage':
      return (value) => (typeof value === 'string' ? standingWord(name, value, language) : value);
    case 'industryCode':
      return (value) => said(value, industryOf);
    case 'divisionCode':
      return (value) => said(value, divisionOf);
    default:
      return asItIs;
  }
}

function fieldColumn(field: CustomField, { language, currency }: Told): ExportColumn {
  const valueOf = {
    text: 'v.text_value',
    choice: 'v.text_value',
    number: 'v.number_value',
    money: 'v.number_value',
    date: 'v.date_value',
    person: '(select k.name from colleague k where k.user_id = v.person_id)',
  }[field.kind];
  const minor = 10 ** minorDigits(currency);
  const label = language === 'zh-CN' ? field.name : (field.nameEn ?? field.name);
  return {
    name: field.key,
    header: label,
    expression: sql`(select ${sql.raw(valueOf)} from customer_field_value v
      where v.customer_id = c.customer_id and v.custom_field_id = ${field.customFieldId}::int)`,
    // Minor units become the amount that people write.
    write: field.kind === 'money' ? (value) => (typeof value === 'number' ? value / minor : value) : asItIs,
  };
}

/** The columns asked for, in the order of the table, each once; without those that are kept from the reader. */
export function columnsOf(
  { fieldRules }: Pick<Principal, 'fieldRules'>,
  query: CustomerExportQuery,
  fields: readonly CustomField[],
  told: Told,
): ExportColumn[] {
  const asked = query.columns;
  const isWanted = (name: string) =>
    (asked === undefined || asked.includes(name)) && !isRestricted(fieldRules, name);
  const named = customerColumns.filter(isWanted);
  const headers = exportHeader(named, told.language);
  return [
    ...named.map((name, at) => ({
      name,
      header: headers[at] ?? name,
      expression: sql.raw(expressions[name]),
      write: writerOf(name, told.language),
    })),
    ...fields.filter(({ key }) => isFieldKey(key) && isWanted(key)).map((field) => fieldColumn(field, told)),
  ];
}
