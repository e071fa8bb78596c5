import type { RowFields } from '../../intake/imports/index.js';
import { readIdentifiers, type Identifiers } from '../identity/index.js';
import { profileFields, readProfileCells, type OwnColumns } from './import-customers.profile.js';
import type { ProfilePatch } from './profile.rules.js';

/** Fields with a column of their own, and fields that are kept as free fields under their name. */
const ownFields = [
  'customerId',
  'customerName',
  'shortName',
  'legalName',
  'creditCode',
  'registryCountry',
  'registryNo',
  'parentId',
  'owner',
  'region',
  'industry',
] as const;
const freeFields = ['phone', 'email', 'contactName', 'address', 'taxNumber', 'createdOn', 'note'] as const;
export const customerFields = [...ownFields, ...profileFields, ...freeFields];

/** One row of a customer file. Null: the file does not say, and what is known stays. */
export interface CustomerInput extends Identifiers {
  customerNo: string;
  name: string | null;
  shortName: string | null;
  region: string | null;
  industry: string | null;
  owner: Owner | null;
  parentNo: string | null;
  custom: Readonly<Record<string, string>>;
  /** Of the profile and the company's own fields. */
  profile: ProfilePatch;
}

export interface Owner {
  userId: number;
  teamId: number | null;
}

/** Somebody to whom the importing user may give customers. */
export interface OwnerNamed extends Owner {
  email: string;
  name: string;
}

/** Those people, by e-mail address and by name. */
export class Owners {
  private readonly byEmail = new Map<string, Owner>();
  private readonly byName = new Map<string, Owner[]>();

  constructor(people: readonly OwnerNamed[]) {
    for (const { email, name, userId, teamId } of people) {
      const owner = { userId, teamId };
      this.byEmail.set(email.toLowerCase(), owner);
      this.byName.set(name, [...(this.byName.get(name) ?? []), owner]);
    }
  }

  find(text: string): readonly Owner[] {
    const owner = this.byEmail.get(text.toLowerCase());
    return owner ? [owner] : (this.byName.get(text) ?? []);
  }
}

export function missingCustomerFields(mapped: ReadonlySet<string>): string[][] {
  return mapped.has('customerId') ? [] : [['customerId']];
}

function ownerOf(fields: RowFields, owners: Owners | null): Owner | null {
  const text = fields.text('owner', 254);
  if (text === null || owners === null) return null;
  const [owner, another] = owners.find(text);
  if (!owner) return fields.refuse('owner', 'imports.owner_unknown', { owner: text });
  return another ? fields.refuse('owner', 'imports.owner_ambiguous', { owner: text }) : owner;
}

function freeFieldsOf(fields: RowFields, own: OwnColumns): Record<string, string> {
  const custom: Record<string, string> = {};
  for (const field of freeFields) {
    const value = field === 'createdOn' ? fields.day(field) : fields.text(field, 4000);
    if (value !== null) custom[field] = value;
  }
  for (const { name, index } of fields.custom) {
    if (own.of(name) !== undefined) continue;
    const value = fields.textAt(`custom:${name}`, index, 4000);
    if (value !== null) custom[name] = value;
  }
  return custom;
}

/** Names and numbers of registers; null with a refusal where one is wrong. */
function identifiersOf(fields: RowFields): Identifiers | null {
  const read = readIdentifiers({
    legalName: fields.text('legalName', 400),
    creditCode: fields.text('creditCode', 60),
    registryCountry: fields.text('registryCountry', 10),
    registryNo: fields.text('registryNo', 60),
  });
  return 'code' in read ? fields.refuse(read.field, read.code, read.params) : read;
}

/** The row that `fields` stands on, or null with `fields.refusal`. Without `owners`, nobody is looked up. */
export function readCustomer(
  fields: RowFields,
  owners: Owners | null,
  own: OwnColumns,
): CustomerInput | null {
  const customerNo = fields.required('customerId', fields.id('customerId'));
  const identifiers = identifiersOf(fields);
  if (customerNo === null || identifiers === null) return null;
  const input: CustomerInput = {
    customerNo,
    name: fields.text('customerName', 400),
    shortName: fields.text('shortName', 200),
    ...identifiers,
    region: fields.text('region', 200),
    industry: fields.text('industry', 200),
    owner: ownerOf(fields, owners),
    parentNo: fields.id('parentId'),
    custom: freeFieldsOf(fields, own),
    profile: readProfileCells(fields, own, owners),
  };
  if (input.parentNo === customerNo) {
    return fields.refuse('parentId', 'imports.parent_cycle', { customer: customerNo });
  }
  return fields.refusal ? null : input;
}

/** What the file may change of a customer. */
export interface CustomerState extends Identifiers {
  name: string;
  shortName: string | null;
  region: string | null;
  industry: string | null;
  ownerId: number | null;
  teamId: number | null;
  custom: Readonly<Record<string, unknown>>;
}

export function nextState(before: CustomerState, input: CustomerInput): CustomerState {
  return {
    name: input.name ?? before.name,
    shortName: input.shortName ?? before.shortName,
    legalName: input.legalName ?? before.legalName,
    creditCode: input.creditCode ?? before.creditCode,
    registryCountry: input.registryCountry ?? before.registryCountry,
    registryNo: input.registryNo ?? before.registryNo,
    region: input.region ?? before.region,
    industry: input.industry ?? before.industry,
    ownerId: input.owner ? input.owner.userId : before.ownerId,
    // A customer goes to the owner's team when it goes to a new owner, and not otherwise.
    teamId: input.owner && input.owner.userId !== before.ownerId ? input.owner.teamId : before.teamId,
    custom: { ...before.custom, ...input.custom },
  };
}

/** The row of a number that was merged away: it fills what the remaining customer leaves open, and changes nothing else. */
export function fillingOnly(before: CustomerState, input: CustomerInput): CustomerInput {
  const open = <Value>(kept: unknown, given: Value | null) => (kept === null ? given : null);
  return {
    ...input,
    name: null,
    shortName: open(before.shortName, input.shortName),
    legalName: open(before.legalName, input.legalName),
    creditCode: open(before.creditCode, input.creditCode),
    registryCountry: open(before.registryCountry, input.registryCountry),
    registryNo: open(before.registryNo, input.registryNo),
    region: open(before.region, input.region),
    industry: open(before.industry, input.industry),
    owner: null,
    parentNo: null,
    profile: {},
    custom: { ...input.custom, ...(before.custom as Record<string, string>) },
  };
}

export function isSameState(before: CustomerState, after: CustomerState): boolean {
  const { custom, ...rest } = after;
  const keys = Object.keys(rest) as (keyof typeof rest)[];
  return (
    keys.every((key) => before[key] === rest[key]) &&
    Object.keys(custom).every((key) => before.custom[key] === custom[key])
  );
}
