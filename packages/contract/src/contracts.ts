import { z } from 'zod';
import { currencyCode, storable, text } from './input-parts.js';
import { day, ofSegments, pageOf, pageQuery, several } from './page.js';

/** Minor units; a quadrillion is beyond every contract and still a safe integer. */
const minor = z.int().min(0).max(1_000_000_000_000_000);

/** What people say of a contract; whether it runs or has ended follows from its days. */
export const contractStatuses = ['draft', 'signed', 'terminated'] as const;
export const contractStatus = z.enum(contractStatuses);
/** Where a contract stands on a day. `ending` begins as many days before the end as it is to be announced. */
export const contractStages = ['draft', 'upcoming', 'running', 'ending', 'ended', 'terminated'] as const;
export const contractStage = z.enum(contractStages);

/** What a person may write of a contract. */
export const contractInput = z.object({
  contractNo: text(200),
  title: text(400),
  status: contractStatus.optional(),
  signedOn: day.nullish(),
  startsOn: day,
  /** Null without an end. */
  endsOn: day.nullish(),
  /** How many days before the end a renewal is announced. */
  noticeDays: z.int().min(0).max(1000).optional(),
  isRenewedByItself: z.boolean().optional(),
  /** The base currency when left out. */
  currency: currencyCode.optional(),
  amountMinor: minor.nullish(),
  /** What the customer has promised to buy between the first day and the last, in the currency of the contract. */
  minimumMinor: minor.min(1).nullish(),
  paymentDays: z.int().min(0).max(1000).nullish(),
  terms: text(20_000).nullish(),
});
/** Only what is given changes. */
export const contractPatch = contractInput.partial().extend({ rowVersion: z.int() });

export const contractRow = z.object({
  contractId: z.int(),
  customerId: z.int(),
  customerName: z.string(),
  ownerName: z.string().nullable(),
  contractNo: z.string(),
  title: z.string(),
  status: contractStatus,
  /** Today. */
  stage: contractStage,
  signedOn: day.nullable(),
  startsOn: day,
  endsOn: day.nullable(),
  noticeDays: z.int(),
  /** The last day on which a renewal should be spoken about; null without an end. */
  noticeOn: day.nullable(),
  isRenewedByItself: z.boolean(),
  currency: z.string(),
  amountMinor: z.int().nullable(),
  minimumMinor: z.int().nullable(),
  /** Orders of the customer in the currency of the contract, from its first day to today or its last. */
  boughtMinor: z.int(),
  /** What the minimum comes to for the days that have passed; null without a minimum or without an end. */
  dueByNowMinor: z.int().nullable(),
  paymentDays: z.int().nullable(),
  terms: z.string().nullable(),
  /** What is owed under the contract, and what of it has come in. */
  receivableMinor: z.int(),
  receivedMinor: z.int(),
  files: z.int(),
  rowVersion: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export const contractPage = pageOf(contractRow);
export const contractListQuery = pageQuery.extend({
  ...ofSegments.shape,
  stage: several(contractStage),
  /** Part of the number or the title, or of the customer's name. */
  q: z.string().trim().max(200).regex(storable).optional(),
});

/** A file that belongs to a record. */
export const attachment = z.object({
  attachmentId: z.int(),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  createdByName: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
export const attachments = z.object({ items: z.array(attachment) });
/** 25 MB: a signed contract as pictures of its pages. */
export const largestAttachment = 25_000_000;
/** More belong into an archive of their own. */
export const mostAttachments = 50;

export const receivableInput = z.object({
  title: text(400),
  /** Left out: by the payment days of the contract, else of the customer's tier, from the order or from today. */
  dueOn: day.optional(),
  currency: currencyCode.optional(),
  amountMinor: minor.min(1),
  contractId: z.int().positive().nullish(),
  orderId: z.int().positive().nullish(),
});
export const receivablePatch = receivableInput
  .omit({ currency: true })
  .partial()
  .extend({ rowVersion: z.int() });

export const receivableStates = ['planned', 'overdue', 'received'] as const;
export const receivableRow = z.object({
  receivableId: z.int(),
  customerId: z.int(),
  customerName: z.string(),
  contractId: z.int().nullable(),
  contractNo: z.string().nullable(),
  orderId: z.int().nullable(),
  orderNo: z.string().nullable(),
  title: z.string(),
  dueOn: day,
  currency: z.string(),
  amountMinor: z.int(),
  receivedMinor: z.int(),
  state: z.enum(receivableStates),
  /** Days since it was due; 0 where it is not overdue. */
  overdueDays: z.int(),
  rowVersion: z.int(),
});
export const receivablePage = pageOf(receivableRow);
export const receivableListQuery = pageQuery.extend({
  ...ofSegments.shape,
  state: several(z.enum(receivableStates)),
  /** Overdue for at least so many days. */
  overdueDaysMin: z.coerce.number().int().min(1).max(100_000).optional(),
});

/** What is open, by how long it has been overdue, for each currency. */
export const ageingBuckets = ['notDue', 'to30', 'to60', 'to90', 'beyond90'] as const;
export const receivableAgeing = z.object({
  items: z.array(
    z.object({
      currency: z.string(),
      receivables: z.int(),
      openMinor: z.int(),
      buckets: z.object(
        Object.fromEntries(ageingBuckets.map((name) => [name, z.int()])) as Record<
          (typeof ageingBuckets)[number],
          z.ZodInt
        >,
      ),
    }),
  ),
});

export const paymentInput = z.object({
  paymentNo: text(200).nullish(),
  receivedOn: day,
  currency: currencyCode.optional(),
  amountMinor: minor.min(1),
  method: text(100).nullish(),
  note: text(1000).nullish(),
  /**
   * Which receivables it pays. Left out: those of the same currency that are open, of `contractId` where it is given, the
   * earliest due first; what is left over stays as paid in advance.
   */
  allocations: z
    .array(z.object({ receivableId: z.int().positive(), amountMinor: minor.min(1) }))
    .max(200)
    .optional(),
  contractId: z.int().positive().nullish(),
});
export const paymentRow = z.object({
  paymentId: z.int(),
  customerId: z.int(),
  customerName: z.string(),
  paymentNo: z.string().nullable(),
  receivedOn: day,
  currency: z.string(),
  amountMinor: z.int(),
  allocatedMinor: z.int(),
  method: z.string().nullable(),
  note: z.string().nullable(),
  allocations: z.array(
    z.object({
      receivableId: z.int(),
      title: z.string(),
      contractNo: z.string().nullable(),
      amountMinor: z.int(),
    }),
  ),
  rowVersion: z.int(),
});
export const paymentPage = pageOf(paymentRow);
export const paymentListQuery = pageQuery.extend(ofSegments.shape);

export type ContractStage = z.infer<typeof contractStage>;
export type ContractInput = z.infer<typeof contractInput>;
export type ContractPatch = z.infer<typeof contractPatch>;
export type ContractRow = z.infer<typeof contractRow>;
export type ContractListQuery = z.infer<typeof contractListQuery>;
export type Attachment = z.infer<typeof attachment>;
export type ReceivableInput = z.infer<typeof receivableInput>;
export type ReceivablePatch = z.infer<typeof receivablePatch>;
export type ReceivableRow = z.infer<typeof receivableRow>;
export type ReceivableListQuery = z.infer<typeof receivableListQuery>;
export type ReceivableAgeing = z.infer<typeof receivableAgeing>;
export type PaymentListQuery = z.infer<typeof paymentListQuery>;
export type PaymentInput = z.infer<typeof paymentInput>;
export type PaymentRow = z.infer<typeof paymentRow>;
