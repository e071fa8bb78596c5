import { z } from 'zod';
import { text } from './input-parts.js';
import { day } from './page.js';

/** By the people who work there, as the national bureau of statistics counts them. */
export const customerSizes = ['micro', 'small', 'medium', 'large'] as const;
export type CustomerSize = (typeof customerSizes)[number];
/** How far we have come with a customer; said by people, not by orders. */
export const salesStages = ['prospect', 'qualified', 'trial', 'active', 'dormant', 'lost'] as const;
export type SalesStage = (typeof salesStages)[number];

export const addressKinds = ['registered', 'office', 'delivery', 'billing'] as const;
export type AddressKind = (typeof addressKinds)[number];
export const address = z.object({
  kind: z.enum(addressKinds),
  /** ISO 3166-1, and within China the six digits of GB/T 2260. */
  countryCode: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullish(),
  divisionCode: z
    .string()
    .regex(/^\d{6}$/)
    .nullish(),
  line: text(400),
  postcode: text(20).nullish(),
});
export type Address = z.infer<typeof address>;

/** `cf12`: the name of a custom field wherever its value stands in a question or an answer, so that the wall knows it. */
export type CustomFieldKey = `cf${number}`;
const keyPattern = /^cf[1-9]\d{0,8}$/;
export const customFieldKey = z.string().regex(keyPattern);
export const keyOfField = (customFieldId: number): CustomFieldKey => `cf${customFieldId}`;
export const isFieldKey = (name: string): name is CustomFieldKey => keyPattern.test(name);
export const fieldOfKey = (key: CustomFieldKey): number => Number(key.slice(2));

/**
 * Text, choice: the text. Number: a number. Money: whole minor units of the base currency. Date: yyyy-mm-dd. Person: the
 * number of a user. Null empties the field.
 */
export const fieldValue = z.union([text(4000), z.number(), z.null()]);
export const fieldValues = z.record(customFieldKey, fieldValue);
export type FieldValues = z.infer<typeof fieldValues>;

/** What more there is to say of a customer. */
export const customerProfile = z.object({
  size: z.enum(customerSizes).nullable(),
  salesStage: z.enum(salesStages).nullable(),
  source: z.string().nullable(),
  /** GB/T 4754: the letter of a section or the two digits of a division. */
  industryCode: z.string().nullable(),
  countryCode: z.string().nullable(),
  divisionCode: z.string().nullable(),
  tags: z.array(z.string()),
  /** Fields of the company's own that have a value, by key. */
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type CustomerProfile = z.infer<typeof customerProfile>;

export const tag = text(50);
/** Of one customer. */
export const mostAddresses = 50;

/** As a person writes it; tags and addresses are replaced whole, of the fields only those that are named. */
export const customerProfileInput = z.object({
  size: z.enum(customerSizes).nullish(),
  salesStage: z.enum(salesStages).nullish(),
  source: text(100).nullish(),
  industryCode: text(2).nullish(),
  countryCode: text(2).nullish(),
  divisionCode: text(6).nullish(),
  tags: z.array(tag).max(50).optional(),
  addresses: z.array(address).max(mostAddresses).optional(),
  fields: fieldValues.optional(),
});

export const customFieldKinds = ['text', 'number', 'money', 'date', 'choice', 'person'] as const;
export type CustomFieldKind = (typeof customFieldKinds)[number];

export const customField = z.object({
  customFieldId: z.int(),
  key: z.string(),
  name: z.string(),
  nameEn: z.string().nullable(),
  kind: z.enum(customFieldKinds),
  choices: z.array(z.string()),
  isRequired: z.boolean(),
  position: z.int(),
  rowVersion: z.int(),
});
export type CustomField = z.infer<typeof customField>;
export const customFieldList = z.object({ items: z.array(customField) });

const shape = {
  name: text(100),
  nameEn: text(100).nullish(),
  choices: z.array(text(100)).max(200).optional(),
  isRequired: z.boolean().optional(),
  position: z.int().min(0).max(10_000).optional(),
};
export const customFieldInput = z.object({ ...shape, kind: z.enum(customFieldKinds) });
/** The kind of a field stays: its values are of that kind. */
export const customFieldPatch = z.object(shape).partial().extend({ rowVersion: z.int() });
export type CustomFieldInput = z.infer<typeof customFieldInput>;
export type CustomFieldPatch = z.infer<typeof customFieldPatch>;

/**
 * A condition on a custom field in a query: `cf12=VIP` (text and choices; several: any of them), `cf12^VI` (text that begins
 * so), `cf12>=5`, `cf12<=2026-03-01` (numbers, money in minor units, days), `cf12@7` (a person).
 */
const condition = /^(cf[1-9]\d{0,8})(=|\^|>=|<=|@)([^\0]+)$/;
export interface FieldCondition {
  key: CustomFieldKey;
  operator: '=' | '^' | '>=' | '<=' | '@';
  value: string;
}

function isMeant({ operator, value }: FieldCondition): boolean {
  if (operator === '@') return /^[1-9]\d{0,8}$/.test(value);
  if (operator === '=' || operator === '^') return value.length <= 4000;
  return day.safeParse(value).success || (value.trim() !== '' && Number.isFinite(Number(value)));
}

/** Null for a text that is no such condition. */
export function readFieldCondition(written: string): FieldCondition | null {
  const [, key, operator, value] = condition.exec(written) ?? [];
  if (key === undefined || operator === undefined || value === undefined) return null;
  const read = { key: key as CustomFieldKey, operator: operator as FieldCondition['operator'], value };
  return isMeant(read) ? read : null;
}

export const writeFieldCondition = ({ key, operator, value }: FieldCondition): string =>
  `${key}${operator}${value}`;

export const fieldCondition = z
  .string()
  .max(4100)
  .refine((written) => readFieldCondition(written) !== null);

/** The same change of many customers. Tags are added and taken away; everything else takes the place of what is there. */
export const bulkChange = z
  .object({
    size: z.enum(customerSizes).nullish(),
    salesStage: z.enum(salesStages).nullish(),
    source: text(100).nullish(),
    industryCode: text(2).nullish(),
    countryCode: text(2).nullish(),
    divisionCode: text(6).nullish(),
    region: text(200).nullish(),
    industry: text(200).nullish(),
    addTags: z.array(tag).max(20).optional(),
    removeTags: z.array(tag).max(20).optional(),
    fields: fieldValues.optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined));
export type BulkChange = z.infer<typeof bulkChange>;
/** Customers that one request changes. */
export const mostEditedAtOnce = 5_000;
export const bulkEdit = z.object({
  bulkEditId: z.int(),
  /** Customers that are different now. */
  customers: z.int(),
  /** Shared for reading alone, or as wanted already. */
  skipped: z.int(),
  createdAt: z.iso.datetime(),
  undoneAt: z.iso.datetime().nullable(),
});
export const bulkUndo = z.object({
  restored: z.int(),
  /** Changed by somebody since; they stay as they are. */
  touched: z.int(),
});
export type BulkEdit = z.infer<typeof bulkEdit>;
export type BulkUndo = z.infer<typeof bulkUndo>;
