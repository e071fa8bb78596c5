import type { AccessRow } from './access-row.js';

const everybody = ['administrator', 'director', 'manager', 'member'] as const;
const leaders = ['administrator', 'director', 'manager'] as const;
const heads = ['administrator', 'director'] as const;

/** Who owns customers: transfers, teams of customers, pools and their rules, disputes, handing over. */
export const ownershipRows: Record<string, AccessRow> = {
  'GET /transfers': { right: 'customers:assign', may: leaders },
  'POST /transfers': {
    right: 'customers:assign',
    may: leaders,
    body: () => ({ customers: { customerIds: [999_999] }, toOwnerId: 1, reason: 'because' }),
    otherwise: { 'customers.filter': { customers: { filter: {} }, toOwnerId: 1, reason: 'because' } },
    ids: { toOwnerId: 'user', toTeamId: null },
    // Nobody sees the customer, or the new owner.
    statuses: [403, 422],
  },
  'GET /transfers/:id': {
    right: 'customers:assign',
    may: leaders,
    of: 'table ownership_transfer',
  },
  'POST /transfers/:id/undo': {
    right: 'customers:assign',
    may: leaders,
    of: 'table ownership_transfer',
    statuses: [404, 409, 422],
  },
  'GET /customers/:id/ownership': { right: 'customers:read', may: everybody, of: 'customer' },
  'GET /customers/:id/team': { right: 'customers:read', may: everybody, of: 'customer' },
  'PUT /customers/:id/team/:userId': {
    right: 'customers:write',
    may: everybody,
    of: { id: 'customer', userId: 'user' },
    body: () => ({ role: 'support' }),
    statuses: 'any',
  },
  'DELETE /customers/:id/team/:userId': {
    right: 'customers:write',
    may: everybody,
    of: { id: 'customer', userId: 'user' },
    // Nobody is in the team.
    statuses: [404],
  },
  'GET /disputes': { right: 'disputes:write', may: everybody },
  'POST /disputes': {
    right: 'disputes:write',
    may: everybody,
    body: () => ({ customerId: 999_999, grounds: 'because' }),
    statuses: [404],
  },
  'GET /disputes/:id': {
    right: 'disputes:write',
    may: everybody,
    of: 'dispute',
    statuses: [200, 403, 404, 409],
  },
  'POST /disputes/:id/withdraw': {
    right: 'disputes:write',
    may: everybody,
    of: 'dispute',
    statuses: [200, 403, 404, 409],
  },
  'POST /disputes/:id/decide': {
    right: 'disputes:decide',
    may: leaders,
    of: 'dispute',
    body: () => ({ decision: 'shared', reason: 'because', rowVersion: 77 }),
    // Some are their own, the others somebody else has changed.
    statuses: [403, 409],
  },
  'POST /disputes/:id/undo': {
    right: 'disputes:decide',
    may: leaders,
    of: 'dispute',
    statuses: [200, 403, 404, 409],
  },
  'GET /users/:id/holdings': { right: 'ownership:handover', may: heads, of: 'user' },
  'POST /users/:id/handover': {
    right: 'ownership:handover',
    may: heads,
    of: 'user',
    body: () => ({ toUserId: 999_999, reason: 'because', disable: false }),
    ids: { toUserId: null },
    // Nobody is there to take them.
    statuses: [422],
  },
  'GET /pools': { right: 'pools:read', may: everybody },
  'GET /pools/notices': { right: 'pools:read', may: everybody },
  'GET /pools/:id/customers': { right: 'pools:read', may: everybody, of: 'pool' },
  'GET /pools/:id/rules': { right: 'pools:read', may: everybody, of: 'pool' },
  'POST /pools': {
    right: 'pools:write',
    may: leaders,
    body: () => ({ teamId: 999_999 }),
    ids: { teamId: null, memberIds: null },
    // There is no such department.
    statuses: [404, 422],
  },
  'PATCH /pools/:id': {
    right: 'pools:write',
    may: leaders,
    of: 'pool',
    body: () => ({ rowVersion: 77 }),
    ids: { memberIds: 'user' },
    statuses: [409],
  },
  'DELETE /pools/:id': { right: 'pools:write', may: leaders, of: 'pool' },
  'POST /pools/:id/recycle': { right: 'pools:write', may: leaders, of: 'pool' },
  'POST /pools/:id/rules': {
    right: 'pools:write',
    may: leaders,
    of: 'pool',
    body: (serial) => ({ name: `rule ${serial}`, daysWithoutOrder: 90 }),
  },
  'PATCH /recycle-rules/:id': {
    right: 'pools:write',
    may: leaders,
    of: 'recycle rule',
    body: () => ({ rowVersion: 77 }),
    statuses: [409],
  },
  'DELETE /recycle-rules/:id': { right: 'pools:write', may: leaders, of: 'recycle rule' },
  'GET /recycle-rules/:id/simulation': {
    right: 'pools:write',
    may: leaders,
    of: 'recycle rule',
  },
  'POST /recycle-rules/:id/switch': {
    right: 'pools:write',
    may: leaders,
    of: 'recycle rule',
    body: () => ({ isOn: true, rowVersion: 77 }),
    statuses: [409],
  },
  'POST /customers/:id/claim': {
    right: 'pools:claim',
    may: everybody,
    of: 'customer',
    // None of them is in a pool.
    statuses: [404],
  },
  'POST /customers/:id/release': {
    right: 'pools:claim',
    may: everybody,
    of: 'customer',
    body: () => ({ reason: 'because' }),
    statuses: 'any',
  },
};
