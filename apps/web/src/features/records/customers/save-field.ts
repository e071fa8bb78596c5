import type { CustomerDetail, CustomerInput, CustomerPatch } from '@kezi/contract';
import { ApiError } from '../../../lib/api-error.js';

export type FieldValue = string | number | boolean | null;

/** One thing that can be changed of a customer. */
export interface CustomerField {
  read: (customer: CustomerDetail) => FieldValue;
  /** The change that gives it a value; free fields go together, so the rest of them comes from the customer as it is. */
  write: (customer: CustomerDetail, value: FieldValue) => Partial<CustomerInput>;
}

type OwnKey = Exclude<keyof CustomerInput, 'custom' | 'tags' | 'addresses' | 'fields'>;

export const ownField = (key: OwnKey): CustomerField => ({
  read: (customer) => customer[key],
  write: (_, value) => ({ [key]: value }),
});

/** `US 0012-345`: the country's two letters, then the number. */
export const registryField: CustomerField = {
  read: ({ registryCountry, registryNo }) =>
    registryNo === null ? null : `${registryCountry ?? ''} ${registryNo}`.trim(),
  write: (_, value) => {
    const [, country = null, number = null] = /^([A-Za-z]{2})\s+(.+)$/.exec(String(value ?? '')) ?? [];
    const isBare = country === null && value !== null;
    return { registryCountry: country, registryNo: isBare ? String(value) : number };
  },
};

export const freeField = (name: string): CustomerField => ({
  read: (customer) => (customer.custom[name] ?? null) as FieldValue,
  write: (customer, value) => ({
    custom: { ...(customer.custom as NonNullable<CustomerInput['custom']>), [name]: value },
  }),
});

type SaveResult =
  | { kind: 'saved'; customer: CustomerDetail }
  /** Somebody else has given this very field another value meanwhile. */
  | { kind: 'conflict'; theirs: CustomerDetail };

interface SaveFieldInput {
  customer: CustomerDetail;
  field: CustomerField;
  value: FieldValue;
  patch: (patch: CustomerPatch) => Promise<CustomerDetail>;
  reload: () => Promise<CustomerDetail>;
}

const isChanged = (error: unknown) => error instanceof ApiError && error.code === 'customers.changed';

/** How often a save is tried again because others change other fields at the same time. */
const mostTries = 3;

/**
 * Saves one field. Where somebody has changed the customer meanwhile but not this field, it is saved on top of theirs;
 * where they changed the same field, both values are the reader's to choose between.
 * @throws ApiError for everything but that conflict
 */
export async function saveField({
  customer,
  field,
  value,
  patch,
  reload,
}: SaveFieldInput): Promise<SaveResult> {
  let latest = customer;
  for (let tries = 1; ; tries++) {
    try {
      const saved = await patch({ ...field.write(latest, value), rowVersion: latest.rowVersion });
      return { kind: 'saved', customer: saved };
    } catch (error) {
      if (!isChanged(error) || tries === mostTries) throw error;
      latest = await reload();
      const theirs = field.read(latest);
      if (theirs === value) return { kind: 'saved', customer: latest };
      if (theirs !== field.read(customer)) return { kind: 'conflict', theirs: latest };
    }
  }
}
