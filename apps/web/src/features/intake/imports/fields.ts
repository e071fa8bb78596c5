import type { ImportKind } from '@kezi/contract';

/** What a column of each kind of file may be. The server has the last word; this is for choosing. */
export const fieldsOf = {
  orders: [
    'orderId',
    'orderDate',
    'customerId',
    'customerName',
    'productId',
    'productName',
    'category',
    'quantity',
    'unitPrice',
    'amount',
    'margin',
    'cost',
    'serviceCost',
    'currency',
    'region',
  ],
  customers: [
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
    'size',
    'salesStage',
    'source',
    'tags',
    'industryCode',
    'countryCode',
    'divisionCode',
    'contactName',
    'phone',
    'email',
    'address',
    'taxNumber',
    'createdOn',
    'note',
  ],
  products: [
    'productId',
    'productName',
    'category',
    'unit',
    'unitPrice',
    'cost',
    'currency',
    'specification',
  ],
  contacts: [
    'customerId',
    'contactName',
    'title',
    'department',
    'phone',
    'email',
    'wechat',
    'decisionRole',
    'birthday',
    'note',
  ],
  contracts: [
    'contractNo',
    'customerId',
    'contractTitle',
    'startsOn',
    'endsOn',
    'signedOn',
    'amount',
    'minimum',
    'currency',
    'note',
  ],
  addresses: ['customerId', 'addressLine', 'addressKind', 'postcode', 'countryCode', 'divisionCode'],
  interactions: [
    'customerId',
    'happenedAt',
    'summary',
    'interactionKind',
    'contactName',
    'userName',
    'outcome',
    'nextStep',
    'nextStepOn',
  ],
  notes: [
    'customerId',
    'noteKind',
    'noteTitle',
    'notedOn',
    'noteStatus',
    'note',
    'saidBy',
    'sharePercent',
    'amount',
  ],
  receivables: ['customerId', 'receivableTitle', 'dueOn', 'amount', 'currency', 'contractNo'],
  payments: ['paymentNo', 'customerId', 'receivedOn', 'amount', 'currency', 'method', 'note'],
} as const satisfies Record<ImportKind, readonly string[]>;

type FieldName = (typeof fieldsOf)[ImportKind][number];

/** Orders and records keep to their fields; the masters take any other column as a field of its own. */
export const keepsOwnFields = (kind: ImportKind): boolean => kind === 'customers' || kind === 'products';

/** One thing that a file must say, and the sets of fields each of which says it. */
interface Need {
  id: string;
  ways: readonly (readonly FieldName[])[];
}

/** Each of the fields, for its own sake. */
const each = (...fields: readonly FieldName[]): Need[] =>
  fields.map((field) => ({ id: field, ways: [[field]] }));

export const needsOf: Record<ImportKind, readonly Need[]> = {
  orders: [
    { id: 'customerId', ways: [['customerId']] },
    { id: 'orderDate', ways: [['orderDate']] },
    { id: 'amount', ways: [['amount'], ['quantity', 'unitPrice']] },
  ],
  customers: each('customerId'),
  products: each('productId'),
  contacts: each('customerId', 'contactName'),
  addresses: each('customerId', 'addressLine'),
  interactions: each('customerId', 'happenedAt', 'summary'),
  notes: each('customerId', 'noteKind', 'noteTitle', 'notedOn'),
  contracts: each('contractNo', 'customerId', 'startsOn'),
  receivables: each('customerId', 'receivableTitle', 'dueOn', 'amount'),
  payments: each('paymentNo', 'customerId', 'receivedOn', 'amount'),
};

export function isMet(need: Need, mapped: ReadonlySet<string>): boolean {
  return need.ways.some((fields) => fields.every((field) => mapped.has(field)));
}

export const dateFields: ReadonlySet<string> = new Set([
  'orderDate',
  'createdOn',
  'birthday',
  'startsOn',
  'endsOn',
  'signedOn',
  'receivedOn',
  'happenedAt',
  'nextStepOn',
  'notedOn',
  'dueOn',
]);
export const numberFields: ReadonlySet<string> = new Set([
  'quantity',
  'unitPrice',
  'amount',
  'margin',
  'cost',
  'serviceCost',
  'minimum',
  'sharePercent',
]);
