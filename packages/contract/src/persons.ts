import { z } from 'zod';
import { contactRow } from './contacts.js';
import { customerDetail } from './customers.js';
import { day } from './page.js';

export const consentPurposes = ['contract', 'service', 'marketing', 'research'] as const;
export const consentBases = ['consent', 'contract', 'legal', 'legitimate'] as const;

/** What a contact's data may be used for, and why. */
export const consent = z
  .object({
    consentId: z.int(),
    purpose: z.enum(consentPurposes),
    basis: z.enum(consentBases),
    givenOn: day,
    withdrawnOn: day.nullable(),
    source: z.string().nullable(),
  })
  .meta({ id: 'Consent' });
export type Consent = z.infer<typeof consent>;
export const consentList = z.object({ items: z.array(consent) });
export const consentInput = z.object({
  purpose: z.enum(consentPurposes),
  basis: z.enum(consentBases).default('consent'),
  givenOn: day,
  source: z.string().trim().max(500).nullish(),
});

/** A file that somebody attached and that may speak of a person: its content is not read. */
export const personFile = z.object({
  attachmentId: z.int(),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  createdAt: z.iso.datetime(),
  subject: z.enum(['contract', 'interaction']),
  subjectId: z.int(),
});
export type PersonFile = z.infer<typeof personFile>;

/** Everything that is kept of one person, for that person. */
export const personalData = z
  .object({
    exportedAt: z.iso.datetime(),
    person: contactRow,
    consents: z.array(consent),
    interactions: z.array(z.record(z.string(), z.unknown())),
    /** Attached to what they took part in; `GET /files/:id` hands one out. */
    files: z.array(personFile),
    /** Who did what with their data. */
    audit: z.array(z.record(z.string(), z.unknown())),
  })
  .meta({ id: 'PersonalData' });
export type PersonalData = z.infer<typeof personalData>;

/** Everything that is kept of a customer who is a person, for that person. */
export const personalCustomerData = z
  .object({
    exportedAt: z.iso.datetime(),
    customer: customerDetail.pick({
      customerId: true,
      customerNo: true,
      name: true,
      shortName: true,
      legalName: true,
      creditCode: true,
      registryNo: true,
      addresses: true,
      custom: true,
      tags: true,
    }),
    contacts: z.array(personalData),
    orders: z.array(z.record(z.string(), z.unknown())),
    contracts: z.array(z.record(z.string(), z.unknown())),
    receivables: z.array(z.record(z.string(), z.unknown())),
    payments: z.array(z.record(z.string(), z.unknown())),
    notes: z.array(z.record(z.string(), z.unknown())),
    interactions: z.array(z.record(z.string(), z.unknown())),
    files: z.array(personFile),
    audit: z.array(z.record(z.string(), z.unknown())),
  })
  .meta({ id: 'PersonalCustomerData' });
export type PersonalCustomerData = z.infer<typeof personalCustomerData>;

export const erasure = z.object({
  /** Why: a request of the person, the end of a period. Without their data. */
  reason: z.string().trim().min(2).max(200),
});
/** Still there: files are looked at and taken away by people. */
const filesLeft = z.array(personFile);
export const erased = z.object({
  contactId: z.int(),
  texts: z.int(),
  auditEntries: z.int(),
  files: filesLeft,
});
export const erasedCustomer = z.object({
  customerId: z.int(),
  contacts: z.int(),
  texts: z.int(),
  auditEntries: z.int(),
  files: filesLeft,
});
