import type { Role } from '@kezi/contract';
import type { Kind } from './access-sight.js';
import type { AccessRow } from './access-row.js';
import { actionRows } from './access-rows.action.js';
import { archiveRows } from './access-rows.archive.js';
import { deliveryRows } from './access-rows.delivery.js';
import { judgementRows } from './access-rows.judgement.js';
import { ownershipRows } from './access-rows.ownership.js';
import { peopleRows } from './access-rows.people.js';
import { policyRows } from './access-rows.policy.js';

/*
 * Who may call which route, on whose objects: the expectation, written down apart from the program. access-matrix.http.test.ts
 * holds every route against its row; a route without a row fails there, with the row to write here.
 */

const everybody: readonly Role[] = ['administrator', 'director', 'manager', 'member'];
const heads: readonly Role[] = ['administrator', 'director'];
const administrators: readonly Role[] = ['administrator'];

/** What an id of this name is the id of, in query and body. */
export const kindOfId: Readonly<Record<string, Kind | null>> = {
  customerId: 'customer',
  customerIds: 'customer',
  parentCustomerId: 'customer',
  contactId: 'contact',
  contractId: 'contract',
  receivableId: 'receivable',
  orderId: 'order',
  contactIds: 'contact',
  reportsToId: 'contact',
  ownerId: 'user',
  userId: 'user',
  userIds: 'user',
  teamId: 'team',
  segmentId: 'segment',
  // Tiers are the company's.
  tierId: null,
  tierIds: null,
};

const changed = [409];

const intake: Record<string, AccessRow> = {
  'GET /imports': { right: 'imports:read', may: everybody },
  'GET /imports/:id': { right: 'imports:read', may: everybody, of: 'import' },
  'GET /imports/:id/preview': {
    right: 'imports:read',
    may: everybody,
    of: 'import',
    // There is no file behind the batch.
    statuses: [404, 409, 410, 422],
  },
  'GET /imports/:id/errors': { right: 'imports:read', may: everybody, of: 'import' },
  'GET /imports/:id/errors.xlsx': { right: 'imports:read', may: everybody, of: 'import' },
  'POST /imports': {
    right: 'imports:write',
    may: everybody,
    query: '?kind=orders',
    file: '订单号,客户编号,订单日期,金额\nM1,M1,2026-01-05,10\n',
  },
  'PATCH /imports/:id': {
    right: 'imports:write',
    may: everybody,
    of: 'import',
    body: () => ({ mapping: {} }),
    statuses: [422],
  },
  'DELETE /imports/:id': { right: 'imports:write', may: everybody, of: 'import', statuses: [204, 409] },
  'POST /imports/:id/check': {
    right: 'imports:write',
    may: everybody,
    of: 'import',
    statuses: [200, 202, 409, 422],
  },
  'POST /imports/:id/start': {
    right: 'imports:write',
    may: everybody,
    of: 'import',
    statuses: [200, 202, 409, 422],
  },
  'POST /imports/:id/cancel': { right: 'imports:write', may: everybody, of: 'import', statuses: [200, 409] },
  'POST /imports/:id/undo': {
    right: 'imports:undo',
    may: everybody,
    of: 'import',
    body: () => ({}),
    statuses: changed,
  },
  'POST /demo': {
    right: 'demo:load',
    may: administrators,
    body: () => ({ customers: 10, months: 6 }),
    statuses: [202, 409],
  },
};

const records: Record<string, AccessRow> = {
  'GET /customers': { right: 'customers:read', may: everybody },
  'GET /customers/count': { right: 'customers:read', may: everybody },
  'GET /customers/facets': { right: 'customers:read', may: everybody },
  'GET /customers/export': { right: 'customers:export', may: everybody },
  'GET /customers/export/check': { right: 'customers:export', may: everybody },
  'POST /customers': {
    right: 'customers:write',
    may: everybody,
    body: (serial) => ({ customerNo: `new-${serial}`, name: `new ${serial}` }),
  },
  'POST /customers/bulk-edits': {
    right: 'customers:write',
    may: everybody,
    body: () => ({ customers: { customerIds: [999_999] }, change: { salesStage: 'active' } }),
    otherwise: { 'customers.filter': { customers: { filter: {} }, change: { salesStage: 'active' } } },
    // Nobody sees the customer.
    statuses: [404],
  },
  'POST /customers/bulk-edits/:id/undo': {
    right: 'customers:write',
    may: everybody,
    of: 'table bulk_edit',
    statuses: 'any',
  },
  'GET /custom-fields': { right: 'customers:read', may: everybody },
  'POST /custom-fields': {
    right: 'fields:write',
    may: administrators,
    body: (serial) => ({ name: `field ${serial}`, kind: 'text' }),
  },
  'PATCH /custom-fields/:id': {
    right: 'fields:write',
    may: administrators,
    of: 'table custom_field',
    body: () => ({ rowVersion: 77 }),
    statuses: changed,
  },
  'DELETE /custom-fields/:id': {
    right: 'fields:write',
    may: administrators,
    of: 'table custom_field',
  },
  'GET /customers/:id': { right: 'customers:read', may: everybody, of: 'customer' },
  'PATCH /customers/:id': {
    right: 'customers:write',
    may: everybody,
    of: 'customer',
    body: () => ({ rowVersion: 77, region: 'west' }),
    statuses: changed,
  },
  'GET /customers/:id/access': { right: 'customers:read', may: everybody, of: 'customer' },
  'POST /customers/:id/shares': {
    right: 'customers:share',
    may: everybody,
    of: 'customer',
    body: () => ({ colleagueId: 1, untilOn: '2026-03-01' }),
    // The second of March: a day that is over. Whom it belongs to may not be told it again.
    statuses: [409, 422],
    // Everybody knows who works here.
    ids: { colleagueId: null },
  },
  'DELETE /shares/:id': { right: 'customers:share', may: everybody, of: 'share' },
  'GET /customers/:id/rhythm': { right: 'orders:read', may: everybody, of: 'customer' },
  'GET /customers/:id/products': { right: 'orders:read', may: everybody, of: 'customer' },
  'GET /customers/:id/value-change': { right: 'customers:read', may: everybody, of: 'customer' },
  'GET /customers/:id/orders': { right: 'orders:read', may: everybody, of: 'customer' },
  'GET /orders/:id': { right: 'orders:read', may: everybody, of: 'order' },
  'GET /products': { right: 'products:read', may: everybody },
  'GET /contacts': { right: 'contacts:read', may: everybody },
  'GET /customers/:id/contacts': { right: 'contacts:read', may: everybody, of: 'customer' },
  'POST /customers/:id/contacts': {
    right: 'contacts:write',
    may: everybody,
    of: 'customer',
    body: () => ({ name: 'new' }),
  },
  'GET /contacts/:id/consents': { right: 'contacts:read', may: everybody, of: 'contact' },
  'POST /contacts/:id/consents': {
    right: 'contacts:write',
    may: everybody,
    of: 'contact',
    body: () => ({ purpose: 'marketing', givenOn: '2026-03-01' }),
  },
  'DELETE /consents/:id': {
    right: 'contacts:write',
    may: everybody,
    of: 'table contact_consent',
  },
  'POST /contacts/:id/personal-data': {
    right: 'persons:export',
    may: ['administrator', 'director', 'manager'],
    of: 'contact',
  },
  'POST /contacts/:id/erase': {
    right: 'persons:erase',
    may: heads,
    of: 'contact to erase',
    body: () => ({ reason: 'because' }),
  },
  'POST /customers/:id/personal-data': {
    right: 'persons:export',
    may: ['administrator', 'director', 'manager'],
    of: 'customer',
  },
  'POST /customers/:id/erase': {
    right: 'persons:erase',
    may: heads,
    of: 'customer',
    body: () => ({ reason: 'because' }),
  },
  'GET /retention': { right: 'retention:read', may: administrators },
  'PUT /retention': { right: 'retention:write', may: administrators, body: () => ({ periods: {} }) },
  'GET /contacts/:id': { right: 'contacts:read', may: everybody, of: 'contact' },
  'PATCH /contacts/:id': {
    right: 'contacts:write',
    may: everybody,
    of: 'contact',
    body: () => ({ rowVersion: 77, title: 'boss' }),
    statuses: changed,
  },
  'DELETE /contacts/:id': { right: 'contacts:write', may: everybody, of: 'contact' },
  'POST /contacts/:id/restore': { right: 'contacts:write', may: everybody, of: 'deleted contact' },
  // Of customers of somebody else the permission contacts:reveal-others decides: the member has none in sight.
  'POST /contacts/:id/reveal': { right: 'contacts:reveal', may: everybody, of: 'contact' },
  'GET /customers/:id/timeline': { right: 'interactions:read', may: everybody, of: 'customer' },
  'POST /customers/:id/interactions': {
    right: 'interactions:write',
    may: everybody,
    of: 'customer',
    body: () => ({ kind: 'call', summary: 'new' }),
  },
  'GET /interactions/:id': { right: 'interactions:read', may: everybody, of: 'interaction' },
  'PATCH /interactions/:id': {
    right: 'interactions:write',
    may: everybody,
    of: 'interaction',
    body: () => ({ rowVersion: 77, outcome: 'none' }),
    statuses: changed,
  },
  'DELETE /interactions/:id': { right: 'interactions:write', may: everybody, of: 'interaction' },
  'POST /interactions/:id/restore': {
    right: 'interactions:write',
    may: everybody,
    of: 'deleted interaction',
  },
};

const insight: Record<string, AccessRow> = {
  'GET /valuation/runs': { right: 'valuation:read', may: everybody },
  'GET /valuation/runs/:runId': { right: 'valuation:read', may: everybody, of: 'run' },
  'POST /valuation/runs': { right: 'valuation:run', may: heads, body: () => ({}), statuses: [202, 409, 422] },
  'POST /valuation/runs/:runId/cancel': { right: 'valuation:run', may: heads, of: 'run', statuses: changed },
  'GET /models': { right: 'valuation:read', may: everybody },
  'POST /models/table': {
    right: 'valuation:read',
    may: everybody,
    file: 'x,t\n1,2\n',
    statuses: 'any',
  },
  'POST /models/fit': {
    right: 'valuation:read',
    may: everybody,
    // Names of what was sent along.
    ids: { id: null },
    body: () => ({ name: 'nbd', rows: [{ frequency: 2, recency: 30, age: 39 }] }),
    statuses: 'any',
  },
  'POST /models/evaluate': {
    right: 'valuation:read',
    may: everybody,
    // Names of what was sent along.
    ids: { id: null },
    body: () => ({
      model: { name: 'bg-nbd', parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 } },
      rows: [{ frequency: 2, recency: 30, age: 39 }],
      horizon: 39,
    }),
    statuses: 'any',
  },
  'POST /models/curves': {
    right: 'valuation:read',
    may: everybody,
    // Names of what was sent along.
    ids: { id: null },
    body: () => ({ model: { name: 'bg-nbd', parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 } } }),
    statuses: 'any',
  },
  'GET /overview': { right: 'overview:read', may: everybody },
};

/** Routes by method and path under /api/v1. */
export const accessRows: Readonly<Record<string, AccessRow>> = {
  ...peopleRows,
  ...intake,
  ...records,
  ...archiveRows,
  ...ownershipRows,
  ...judgementRows,
  ...policyRows,
  ...actionRows,
  ...deliveryRows,
  ...insight,
};

/** What may be called by anybody. */
export const openRoutes: readonly string[] = [
  'GET /openapi.json',
  'GET /setup',
  'POST /auth/sign-in',
  'POST /auth/links/look',
  'POST /auth/links/use',
  'GET /auth/ways',
  'GET /auth/sso',
  'GET /auth/sso/callback',
  'POST /auth/sign-out',
  'POST /setup',
];
