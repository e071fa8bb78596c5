import { z } from 'zod';
import { idOfText, smallIdOfText, storable, text } from './input-parts.js';
import { lifecycleStage } from './lifecycle.js';
import {
  address,
  customerProfile,
  customerProfileInput,
  customerSizes,
  customFieldKey,
  fieldCondition,
  salesStages,
} from './customer-fields.js';
import { day, ofSegments, pageOf, pageQuery, several } from './page.js';
import { tierBadge } from './tiers.js';

/** The eight groups of RFM practice, by whether recency, frequency and money are above the middle. */
export const rfmSegments = [
  'important-value',
  'important-develop',
  'important-retain',
  'important-win-back',
  'general-value',
  'general-develop',
  'general-retain',
  'general-win-back',
] as const;
export const rfmSegment = z.enum(rfmSegments);

const freeField = z.union([z.string().max(4000).regex(storable), z.number(), z.boolean(), z.null()]);

/** What a person may write of a customer. */
export const customerInput = z.object({
  customerNo: text(200),
  name: text(400),
  shortName: text(200).nullish(),
  /** As it stands in the register of companies, where that is not the name in use. */
  legalName: text(400).nullish(),
  /** 统一社会信用代码 or 组织机构代码, as typed; kept without blanks, in capital letters. */
  creditCode: text(60).nullish(),
  /** ISO 3166-1, two letters, and the number in the register of that country: both or neither. */
  registryCountry: text(10).nullish(),
  registryNo: text(60).nullish(),
  parentCustomerId: z.int().positive().nullish(),
  ownerId: z.int().positive().max(2_147_483_647).nullish(),
  teamId: z.int().positive().max(2_147_483_647).nullish(),
  region: text(200).nullish(),
  industry: text(200).nullish(),
  custom: z
    .record(z.string().min(1).max(100).regex(storable), freeField)
    .refine((fields) => Object.keys(fields).length <= 200)
    .optional(),
  ...customerProfileInput.shape,
});
/** Only what is given changes; `custom` is replaced whole. */
export const customerPatch = customerInput.partial().extend({ rowVersion: z.int() });

/**
 * One row of the register. Money figures are model output: float64 in major units of the organisation's base currency.
 * The figures are null until a valuation run has been published that saw the customer.
 */
export const customerRow = z.object({
  customerId: z.int(),
  customerNo: z.string(),
  name: z.string(),
  shortName: z.string().nullable(),
  parentCustomerId: z.int().nullable(),
  ownerId: z.int().nullable(),
  ownerName: z.string().nullable(),
  teamId: z.int().nullable(),
  teamName: z.string().nullable(),
  region: z.string().nullable(),
  industry: z.string().nullable(),
  ...customerProfile.shape,
  orders: z.int().nullable(),
  lastOrderOn: day.nullable(),
  monetaryValue: z.number().nullable(),
  pAlive: z.number().nullable(),
  expectedOrders: z.number().nullable(),
  clv: z.number().nullable(),
  clvLow: z.number().nullable(),
  clvHigh: z.number().nullable(),
  nextOrderOn: day.nullable(),
  rfmSegment: rfmSegment.nullable(),
  /** Of today; null for a customer who was not graded. */
  tierId: z.int().nullable(),
  tierName: z.string().nullable(),
  tierBadge: tierBadge.nullable(),
  /** Where the customer stands by the last run of the lifecycle; null before it. */
  stage: lifecycleStage.nullable(),
  /** Amount a month of the twelve months before the figures' as-of day, oldest first, minor units of the base currency. */
  monthlyAmountMinor: z.array(z.int()).optional(),
});

export const customerSorts = [
  'clv',
  'name',
  'pAlive',
  'expectedOrders',
  'orders',
  'monetaryValue',
  'lastOrderOn',
  'nextOrderOn',
  'tier',
  // From the first contact to the end and back.
  'stage',
] as const;

/** A figure of the register, or a field of the company's own (`cf12`). */
const customerSort = z.union([z.enum(customerSorts), customFieldKey]);

/** What narrows the register; the same for the list, the count, the export and a saved view. */
export const customerFilter = z.object({
  /** Part of a name (Chinese, pinyin, initials, Latin) or of the customer number. */
  q: z.string().trim().max(200).optional(),
  industry: several(z.string().max(200).regex(storable)),
  region: several(z.string().max(200).regex(storable)),
  segment: several(rfmSegment),
  tierId: several(smallIdOfText),
  stage: several(lifecycleStage),
  ...ofSegments.shape,
  ownerId: several(smallIdOfText),
  teamId: several(smallIdOfText),
  parentCustomerId: idOfText.optional(),
  size: several(z.enum(customerSizes)),
  salesStage: several(z.enum(salesStages)),
  source: several(z.string().max(100).regex(storable)),
  /** Any of them. */
  tag: several(z.string().max(50).regex(storable)),
  /** GB/T 4754: a section stands for its divisions as well. */
  industryCode: several(z.string().max(2)),
  countryCode: several(z.string().max(2)),
  /** GB/T 2260: a province stands for its cities as well. */
  divisionCode: several(z.string().max(6)),
  /** Fields of the company's own: `cf12=VIP`, `cf12>=5`; conditions on one field with `=` are choices, all others hold together. */
  field: several(fieldCondition),
  clvMin: z.coerce.number().optional(),
  clvMax: z.coerce.number().optional(),
  pAliveMin: z.coerce.number().min(0).max(1).optional(),
  pAliveMax: z.coerce.number().min(0).max(1).optional(),
  lastOrderFrom: day.optional(),
  lastOrderTo: day.optional(),
});

export const customerListQuery = customerFilter.extend({
  ...pageQuery.shape,
  sort: customerSort.default('clv'),
  order: z.enum(['asc', 'desc']).default('desc'),
  /** Adds the twelve-month amounts to each row. */
  spark: z.stringbool().default(false),
});
export const customerPage = pageOf(customerRow);

/** What an export may hold, in the order of the table. */
export const customerColumns = [
  'customerNo',
  'name',
  'shortName',
  'legalName',
  'creditCode',
  'registryCountry',
  'registryNo',
  'parentName',
  'ownerName',
  'teamName',
  'region',
  'industry',
  'size',
  'salesStage',
  'source',
  'tags',
  'industryCode',
  'countryCode',
  'divisionCode',
  'addresses',
  'orders',
  'lastOrderOn',
  'monetaryValue',
  'pAlive',
  'expectedOrders',
  'clv',
  'clvLow',
  'clvHigh',
  'nextOrderOn',
  'rfmSegment',
  'tierName',
  'stage',
] as const;
export const customerExportQuery = customerFilter.extend({
  sort: customerSort.default('clv'),
  order: z.enum(['asc', 'desc']).default('desc'),
  format: z.enum(['csv', 'xlsx']).default('csv'),
  /** All columns when left out, those of the company's own fields (`cf12`) included. */
  columns: several(z.union([z.enum(customerColumns), customFieldKey])),
});

/** Beyond 10,000 matches the count is the database's estimate and says so. */
export const customerCount = z.object({ count: z.int(), exact: z.boolean() });

/** Values to choose from in the register's filters, most frequent first. */
export const customerFacets = z.object({
  industries: z.array(z.string()),
  regions: z.array(z.string()),
  sources: z.array(z.string()),
  tags: z.array(z.string()),
});

/** One factor of 'why this value': what it is here, what it is for the middle customer, and what the difference is worth. */
export const valueReason = z.object({
  factor: z.enum(['survival', 'orderRate', 'spend', 'kept']),
  value: z.number(),
  reference: z.number(),
  contribution: z.number(),
});

/** How a value comes about where costs are deducted: clv is gross less the other two, to the minor unit. */
const valueDeducted = z.object({
  grossMinor: z.number(),
  costToServeMinor: z.number(),
  creditLossMinor: z.number(),
  /** The customer's own expected credit loss, from what is owed; null where that of the run was taken. */
  ownLossShare: z.number().nullable(),
  clvMinor: z.number(),
});

export const customerScore = z.object({
  valuationRunId: z.int(),
  asOf: day,
  modelName: z.string(),
  firstOrderOn: day.nullable(),
  lastOrderOn: day.nullable(),
  orders: z.int(),
  frequency: z.int(),
  recency: z.number(),
  age: z.number(),
  timeUnit: z.enum(['day', 'week', 'month']),
  monetaryValue: z.number(),
  /** Null where the naive rule stands in for the model. */
  pAlive: z.number().nullable(),
  expectedOrders: z.number(),
  expectedSpend: z.number(),
  horizon: z.number(),
  clv: z.number(),
  clvLow: z.number(),
  clvHigh: z.number(),
  nextOrderOn: day.nullable(),
  rfm: z.string().nullable(),
  rfmSegment: rfmSegment.nullable(),
  /** Null where nothing was deducted, or an order costs as much as it brings. */
  deducted: valueDeducted.nullable().optional(),
  reasons: z.array(valueReason),
});

export const customerDetail = customerRow.extend({
  legalName: z.string().nullable(),
  creditCode: z.string().nullable(),
  registryCountry: z.string().nullable(),
  registryNo: z.string().nullable(),
  /** Numbers of customers that were merged into this one; they lead here. */
  formerNumbers: z.array(z.string()),
  custom: z.record(z.string(), z.unknown()),
  addresses: z.array(address),
  rowVersion: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  parentName: z.string().nullable(),
  subsidiaries: z.array(z.object({ customerId: z.int(), name: z.string(), clv: z.number().nullable() })),
  score: customerScore.nullable(),
  previousClv: z.number().nullable(),
});

/** The customer's days with an order, and the window in which the next one is expected. */
export const customerRhythm = z.object({
  currency: z.string(),
  days: z.array(z.object({ on: day, amountMinor: z.int() })),
  /** Quartiles of the days between two order days; null with fewer than two gaps. */
  gapDays: z.object({ low: z.number(), median: z.number(), high: z.number() }).nullable(),
  asOf: day.nullable(),
  nextOrderOn: day.nullable(),
  nextOrderFrom: day.nullable(),
  nextOrderTo: day.nullable(),
});

export const customerProducts = z.object({
  items: z.array(
    z.object({
      productId: z.int(),
      productNo: z.string(),
      name: z.string(),
      category: z.string().nullable(),
      orders: z.int(),
      quantity: z.number(),
      amountMinor: z.int(),
      lastOrderOn: day,
    }),
  ),
});

export const orderRow = z.object({
  orderId: z.int(),
  orderNo: z.string().nullable(),
  customerId: z.int(),
  orderedOn: day,
  currency: z.string(),
  amountMinor: z.int(),
  baseAmountMinor: z.int(),
  baseMarginMinor: z.int().nullable(),
  lineCount: z.int(),
});
export const orderPage = pageOf(orderRow);
export const orderDetail = orderRow.extend({
  lines: z.array(
    z.object({
      lineNo: z.int(),
      productNo: z.string().nullable(),
      productName: z.string().nullable(),
      quantity: z.number().nullable(),
      amountMinor: z.int(),
    }),
  ),
});

export const productRow = z.object({
  productId: z.int(),
  productNo: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  unit: z.string().nullable(),
});
export const productQuery = pageQuery.extend({
  /** Part of the name, or the beginning of the product number. */
  q: z.string().trim().max(200).regex(storable).optional(),
  category: several(z.string().max(200).regex(storable)),
});
export const productPage = pageOf(productRow);

export const savedView = z.object({
  savedViewId: z.int(),
  page: z.string(),
  name: z.string(),
  state: z.record(z.string(), z.unknown()),
  /** With everybody. */
  isShared: z.boolean(),
  /** The department that it is shared with, and those below it. */
  teamId: z.int().nullable(),
  isMine: z.boolean(),
});
const isSharedOnce = (view: { isShared?: boolean | undefined; teamId?: number | null | undefined }) =>
  view.isShared !== true || typeof view.teamId !== 'number';
const sharedOnce = { path: ['teamId'], message: 'shared with everybody, or with a department' };
const savedViewFields = z.object({
  page: text(100),
  name: text(100),
  state: z
    .record(z.string().max(100), z.unknown())
    // Filters, columns and a sort take some hundred characters; 20,000 is far beyond, and NUL cannot be stored.
    .refine((state) => {
      const written = JSON.stringify(state);
      return written.length <= 20_000 && !written.includes('\\u0000');
    }),
  isShared: z.boolean().default(false),
  teamId: z.int().positive().nullish(),
});
export const savedViewInput = savedViewFields.refine(isSharedOnce, sharedOnce);
/** What says with whom a view is shared says all of it: one that is not `isShared` and names no `teamId` is its maker's alone. */
export const savedViewChange = savedViewFields
  .omit({ page: true })
  .extend({ isShared: z.boolean() })
  .partial()
  .refine(isSharedOnce, sharedOnce);
export const savedViewQuery = z.object({ page: text(100).optional() });
export const savedViewList = z.object({ items: z.array(savedView) });

export type RfmSegment = z.infer<typeof rfmSegment>;
export type CustomerInput = z.infer<typeof customerInput>;
export type CustomerPatch = z.infer<typeof customerPatch>;
export type CustomerRow = z.infer<typeof customerRow>;
export type CustomerFilter = z.infer<typeof customerFilter>;
export type CustomerListQuery = z.infer<typeof customerListQuery>;
export type CustomerExportQuery = z.infer<typeof customerExportQuery>;
export type CustomerColumn = (typeof customerColumns)[number];
export type CustomerCount = z.infer<typeof customerCount>;
export type CustomerFacets = z.infer<typeof customerFacets>;
export type ProductRow = z.infer<typeof productRow>;
export type ProductQuery = z.infer<typeof productQuery>;
export type SavedViewInput = z.infer<typeof savedViewInput>;
export type SavedViewChange = z.infer<typeof savedViewChange>;
export type CustomerDetail = z.infer<typeof customerDetail>;
export type CustomerScore = z.infer<typeof customerScore>;
export type ValueReason = z.infer<typeof valueReason>;
export type CustomerRhythm = z.infer<typeof customerRhythm>;
export type CustomerProducts = z.infer<typeof customerProducts>;
export type OrderRow = z.infer<typeof orderRow>;
export type OrderDetail = z.infer<typeof orderDetail>;
export type SavedView = z.infer<typeof savedView>;
