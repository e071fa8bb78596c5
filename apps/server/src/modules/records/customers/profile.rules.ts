import type { Address, CustomerProfile, FieldValues } from '@kezi/contract';
import { divisionOf, industryOf, isCountry } from '@kezi/contract/codes';
import { CodedError } from '@kezi/contract/errors';

/** What is known of a customer beside names, numbers and owner. */
export interface ProfileState extends Omit<CustomerProfile, 'fields'> {
  addresses: Address[];
  fields: FieldValues;
}

/** What may be written of it; what is left out stays. */
export type ProfilePatch = {
  [Key in keyof ProfileState]?: ProfileState[Key] | null | undefined;
};

export const emptyProfile: ProfileState = {
  size: null,
  salesStage: null,
  source: null,
  industryCode: null,
  countryCode: null,
  divisionCode: null,
  tags: [],
  addresses: [],
  fields: {},
};

const plainKeys = ['size', 'salesStage', 'source', 'industryCode', 'countryCode', 'divisionCode'] as const;
const keys = [...plainKeys, 'tags', 'addresses', 'fields'] as const;

/** The part of a patch that is the profile's; null where it says nothing of it. */
export function profilePartOf(patch: ProfilePatch): ProfilePatch | null {
  const named = keys.filter((key) => patch[key] !== undefined);
  return named.length === 0 ? null : Object.fromEntries(named.map((key) => [key, patch[key]]));
}

/** The patch without the part that is the profile's. */
export function withoutProfile<Patch extends object>(patch: Patch): Omit<Patch, keyof ProfileState> {
  return Object.fromEntries(
    Object.entries(patch).filter(([key]) => !(keys as readonly string[]).includes(key)),
  ) as Omit<Patch, keyof ProfileState>;
}

/** The divisions of GB/T 2260 lie in these. */
const withDivisions = new Set(['CN', 'TW', 'HK', 'MO']);

/** @throws CodedError customers.code_unknown, customers.division_elsewhere */
function checkPlace(countryCode: string | null, divisionCode: string | null): string | null {
  if (countryCode !== null && !isCountry(countryCode)) {
    throw new CodedError('customers.code_unknown', { code: countryCode });
  }
  if (divisionCode === null) return countryCode;
  if (divisionOf(divisionCode) === undefined) {
    throw new CodedError('customers.code_unknown', { code: divisionCode });
  }
  if (countryCode !== null && !withDivisions.has(countryCode)) {
    throw new CodedError('customers.division_elsewhere', { country: countryCode, division: divisionCode });
  }
  return countryCode ?? 'CN';
}

/**
 * The profile as it is to be; its own fields are checked elsewhere. A division says which country it is in.
 * @throws CodedError customers.code_unknown, customers.division_elsewhere
 */
export function profileAfter(before: ProfileState, patch: ProfilePatch, fields: FieldValues): ProfileState {
  const plain = Object.fromEntries(
    plainKeys.map((key) => [key, patch[key] === undefined ? before[key] : patch[key]]),
  ) as Pick<ProfileState, (typeof plainKeys)[number]>;
  if (plain.industryCode !== null && industryOf(plain.industryCode) === undefined) {
    throw new CodedError('customers.code_unknown', { code: plain.industryCode });
  }
  // Another country takes the division of the one before away.
  const isMoved = patch.countryCode !== undefined && patch.divisionCode === undefined;
  const divisionCode =
    isMoved && !withDivisions.has(plain.countryCode ?? 'CN') ? null : (plain.divisionCode ?? null);
  const addresses = (patch.addresses ?? before.addresses).map((one) => ({
    ...one,
    countryCode: checkPlace(one.countryCode ?? null, one.divisionCode ?? null),
  }));
  return {
    ...plain,
    divisionCode,
    countryCode: checkPlace(plain.countryCode, divisionCode),
    tags: [...new Set(patch.tags ?? before.tags)],
    addresses,
    fields: { ...before.fields, ...fields },
  };
}

const isSame = (one: unknown, other: unknown) =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

const partsOf = ({ kind, line, postcode, countryCode, divisionCode }: Address) =>
  [kind, line, postcode, countryCode, divisionCode].map((part) => part ?? null);

/**
 * Field to [before, after] for the audit. Fields of the company's own stand under their keys, which the wall knows; of
 * addresses it is said that they changed.
 */
export function profileChanges(before: ProfileState, after: ProfileState): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const key of [...plainKeys, 'tags'] as const) {
    if (!isSame(before[key], after[key])) changes[key] = [before[key], after[key]];
  }
  for (const [key, value] of Object.entries(after.fields)) {
    if (!isSame(before.fields[key], value)) changes[key] = [before.fields[key] ?? null, value];
  }
  const areSame = isSame(before.addresses.map(partsOf), after.addresses.map(partsOf));
  return areSame ? changes : { ...changes, addresses: true };
}

/** Whether nothing that a reader would see is different. */
export function isSameProfile(before: ProfileState, after: ProfileState): boolean {
  return Object.keys(profileChanges(before, after)).length === 0;
}
