import type { AccessRow } from './access-row.js';

const everybody = ['administrator', 'director', 'manager', 'member'] as const;
const changed = [409];

const groups: Record<string, AccessRow> = {
  'GET /customers/:id/group': { right: 'customers:read', may: everybody, of: 'customer' },
  'GET /customers/:id/group/members': { right: 'customers:read', may: everybody, of: 'customer' },
  'GET /customers/:id/group/picture': { right: 'customers:read', may: everybody, of: 'customer' },
  'POST /customers/:id/move': {
    right: 'customers:write',
    may: everybody,
    of: 'customer',
    body: () => ({ parentCustomerId: null, fromParentCustomerId: null }),
    // The parent that was seen: compared, never looked up.
    ids: { fromParentCustomerId: null },
  },
};

const contracts: Record<string, AccessRow> = {
  'GET /contracts': { right: 'contracts:read', may: everybody },
  'GET /customers/:id/contracts': { right: 'contracts:read', may: everybody, of: 'customer' },
  'GET /contracts/:id': { right: 'contracts:read', may: everybody, of: 'contract' },
  'POST /customers/:id/contracts': {
    right: 'contracts:write',
    may: everybody,
    of: 'customer',
    body: (serial) => ({ contractNo: `new-${serial}`, title: 'new', startsOn: '2026-01-01' }),
  },
  'PATCH /contracts/:id': {
    right: 'contracts:write',
    may: everybody,
    of: 'contract',
    body: () => ({ rowVersion: 77, title: 'new' }),
    statuses: changed,
  },
  'DELETE /contracts/:id': { right: 'contracts:write', may: everybody, of: 'contract' },
  'POST /contracts/:id/restore': { right: 'contracts:write', may: everybody, of: 'deleted contract' },
  'GET /contracts/:id/files': { right: 'contracts:read', may: everybody, of: 'contract' },
  'POST /contracts/:id/files': {
    right: 'contracts:write',
    may: everybody,
    of: 'contract',
    file: 'a plain text',
  },
  'GET /interactions/:id/files': { right: 'interactions:read', may: everybody, of: 'interaction' },
  'POST /interactions/:id/files': {
    right: 'interactions:write',
    may: everybody,
    of: 'interaction',
    file: 'a plain text',
  },
  'GET /files/:id': {
    right: 'files:read',
    may: everybody,
    of: 'file',
    // There are no bytes behind the entry.
    statuses: [404],
  },
  'DELETE /files/:id': { right: 'files:write', may: everybody, of: 'file' },
};

const payments: Record<string, AccessRow> = {
  'GET /receivables': { right: 'payments:read', may: everybody },
  'GET /receivables/ageing': { right: 'payments:read', may: everybody },
  'GET /customers/:id/receivables': { right: 'payments:read', may: everybody, of: 'customer' },
  'POST /customers/:id/receivables': {
    right: 'payments:write',
    may: everybody,
    of: 'customer',
    body: () => ({ title: 'new', dueOn: '2026-03-01', amountMinor: 1 }),
  },
  'PATCH /receivables/:id': {
    right: 'payments:write',
    may: everybody,
    of: 'receivable',
    body: () => ({ rowVersion: 77, title: 'new' }),
    statuses: changed,
  },
  'DELETE /receivables/:id': { right: 'payments:write', may: everybody, of: 'receivable' },
  'GET /payments': { right: 'payments:read', may: everybody },
  'GET /customers/:id/payments': { right: 'payments:read', may: everybody, of: 'customer' },
  'POST /customers/:id/payments': {
    right: 'payments:write',
    may: everybody,
    of: 'customer',
    body: () => ({ receivedOn: '2026-02-01', amountMinor: 1, allocations: [] }),
    around: { allocations: [{ amountMinor: 1 }] },
  },
  'DELETE /payments/:id': { right: 'payments:write', may: everybody, of: 'payment' },
};

const notes: Record<string, AccessRow> = {
  'GET /customers/:id/notes': { right: 'notes:read', may: everybody, of: 'customer' },
  'GET /customers/:id/preferences': { right: 'orders:read', may: everybody, of: 'customer' },
  'POST /customers/:id/notes': {
    right: 'notes:write',
    may: everybody,
    of: 'customer',
    body: () => ({ kind: 'need', title: 'new' }),
    ids: { otherCustomerId: 'customer' },
  },
  'PATCH /notes/:id': {
    right: 'notes:write',
    may: everybody,
    of: 'note',
    body: () => ({ rowVersion: 77, title: 'new' }),
    statuses: changed,
    ids: { otherCustomerId: 'customer' },
  },
  'DELETE /notes/:id': { right: 'notes:write', may: everybody, of: 'note' },
  'POST /notes/:id/restore': { right: 'notes:write', may: everybody, of: 'deleted note' },
};

/** The routes of the customer archive beside customers, contacts and interactions. */
export const archiveRows: Record<string, AccessRow> = { ...groups, ...contracts, ...payments, ...notes };
