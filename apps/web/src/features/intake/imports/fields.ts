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
  payments: ['paymentNo', 'customerId', 'receivedOn', 'amount', 'currency', 'method', 'note'],
} as const satisfies Record<ImportKind, readonly string[]>;

type FieldName = (typeof fieldsOf)[ImportKind][number];

/** Orders keep to their fields; the masters take any other column as a field of its own. */
export const keepsOwnFields: Record<ImportKind, boolean> = {
  orders: false,
  customers: true,
  products: true,
  contacts: false,
  contracts: false,
  payments: false,
};

/** One thing that a file must say, and the sets of fields each of which says it. */
interface Need {
  id: string;
  ways: readonly (readonly FieldName[])[];
}

export const needsOf: Record<ImportKind, readonly Need[]> = {
  orders: [
    { id: 'customerId', ways: [['customerId']] },
    { id: 'orderDate', ways: [['orderDate']] },
    { id: 'amount', ways: [['amount'], ['quantity', 'unitPrice']] },
  ],
  customers: [{ id: 'customerId', ways: [['customerId']] }],
  products: [{ id: 'productId', ways: [['productId']] }],
  contacts: [
    { id: 'customerId', ways: [['customerId']] },
    { id: 'contactName', ways: [['contactName']] },
  ],
  contracts: [
    { id: 'contractNo', ways: [['contractNo']] },
    { id: 'customerId', ways: [['customerId']] },
    { id: 'startsOn', ways: [['startsOn']] },
  ],
  payments: [
    { id: 'paymentNo', ways: [['paymentNo']] },
    { id: 'customerId', ways: [['customerId']] },
    { id: 'receivedOn', ways: [['receivedOn']] },
    { id: 'amount', ways: [['amount']] },
  ],
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
]);
export const numberFields: ReadonlySet<string> = new Set([
  'quantity',
  'unitPrice',
  'amount',
  'margin',
  'cost',
  'minimum',
]);
