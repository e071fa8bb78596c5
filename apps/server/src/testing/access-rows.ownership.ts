const everybody = ['administrator', 'director', 'manager', 'member'] as const;
const leaders = ['administrator', 'director', 'manager'] as const;
const heads = ['administrator', 'director'] as const;

/** Ids that are of none of the kinds of the matrix: what never was is refused like what is not yours. */
const elsewhere = (what: string) => `The id is of ${what}; its own test file says who may.`;
const inPool = elsewhere('a customer in a pool');
const ofPool = elsewhere('a pool');
const ofRule = elsewhere('a rule');
const ofTransfer = elsewhere('a transfer');
const ofDispute = elsewhere('a dispute');

/** Who owns customers: transfers, teams of customers, pools and their rules, disputes, handing over. */
export const ownershipRows = {
  'GET /transfers': { right: 'customers:assign', may: leaders },
  'POST /transfers': {
    right: 'customers:assign',
    may: leaders,
    body: () => ({ customers: { customerIds: [999_999] }, toOwnerId: 1, reason: 'because' }),
    ids: { toOwnerId: null, toTeamId: null },
    // Nobody sees the customer, or the new owner.
    statuses: [403, 422],
  },
  'GET /transfers/:id': {
    right: 'customers:assign',
    may: leaders,
    of: 'customer',
    refusalsOnly: ofTransfer,
  },
  'POST /transfers/:id/undo': {
    right: 'customers:assign',
    may: leaders,
    of: 'customer',
    refusalsOnly: ofTransfer,
  },
  'GET /customers/:id/ownership': { right: 'customers:read', may: everybody, of: 'customer' },
  'GET /customers/:id/team': { right: 'customers:read', may: everybody, of: 'customer' },
  'PUT /customers/:id/team/:userId': {
    right: 'customers:write',
    may: everybody,
    of: { id: 'customer', userId: 'user' },
    body: () => ({ role: 'support' }),
    refusalsOnly: elsewhere('a customer and a colleague'),
  },
  'DELETE /customers/:id/team/:userId': {
    right: 'customers:write',
    may: everybody,
    of: { id: 'customer', userId: 'user' },
    refusalsOnly: elsewhere('a customer and a colleague'),
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
    of: 'customer',
    refusalsOnly: ofDispute,
  },
  'POST /disputes/:id/withdraw': {
    right: 'disputes:write',
    may: everybody,
    of: 'customer',
    refusalsOnly: ofDispute,
  },
  'POST /disputes/:id/decide': {
    right: 'disputes:decide',
    may: leaders,
    of: 'customer',
    body: () => ({ decision: 'shared', reason: 'because', rowVersion: 1 }),
    refusalsOnly: ofDispute,
  },
  'POST /disputes/:id/undo': {
    right: 'disputes:decide',
    may: leaders,
    of: 'customer',
    refusalsOnly: ofDispute,
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
  'GET /pools/:id/customers': { right: 'pools:read', may: everybody, of: 'customer', refusalsOnly: ofPool },
  'GET /pools/:id/rules': { right: 'pools:read', may: everybody, of: 'customer', refusalsOnly: ofPool },
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
    of: 'customer',
    body: () => ({ rowVersion: 1 }),
    ids: { memberIds: null },
    refusalsOnly: ofPool,
  },
  'DELETE /pools/:id': { right: 'pools:write', may: leaders, of: 'customer', refusalsOnly: ofPool },
  'POST /pools/:id/recycle': { right: 'pools:write', may: leaders, of: 'customer', refusalsOnly: ofPool },
  'POST /pools/:id/rules': {
    right: 'pools:write',
    may: leaders,
    of: 'customer',
    body: () => ({ name: 'a rule', daysWithoutOrder: 90 }),
    refusalsOnly: ofPool,
  },
  'PATCH /recycle-rules/:id': {
    right: 'pools:write',
    may: leaders,
    of: 'customer',
    body: () => ({ rowVersion: 1 }),
    refusalsOnly: ofRule,
  },
  'DELETE /recycle-rules/:id': { right: 'pools:write', may: leaders, of: 'customer', refusalsOnly: ofRule },
  'GET /recycle-rules/:id/simulation': {
    right: 'pools:write',
    may: leaders,
    of: 'customer',
    refusalsOnly: ofRule,
  },
  'POST /recycle-rules/:id/switch': {
    right: 'pools:write',
    may: leaders,
    of: 'customer',
    body: () => ({ isOn: false, rowVersion: 1 }),
    refusalsOnly: ofRule,
  },
  'POST /customers/:id/claim': {
    right: 'pools:claim',
    may: everybody,
    of: 'customer',
    refusalsOnly: inPool,
  },
  'POST /customers/:id/release': {
    right: 'pools:claim',
    may: everybody,
    of: 'customer',
    body: () => ({ reason: 'because' }),
    refusalsOnly: inPool,
  },
} as const;
