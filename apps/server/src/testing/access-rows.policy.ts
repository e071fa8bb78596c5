import type { AccessRow } from './access-row.js';
import { tierDefinition as definition } from './policy-records.js';

const everybody = ['administrator', 'director', 'manager', 'member'] as const;
const leaders = ['administrator', 'director', 'manager'] as const;
const heads = ['administrator', 'director'] as const;
/** Somebody has changed it meanwhile. */
const changed = [409];

/** Of a policy and a run that hold nothing: what a good request does with one that holds something, tiers.http.test.ts says. */
const ofEmpty = [409, 422];
/** Ids in the definition of a policy, and of tiers: the company’s. */
const ids = { tierSetId: null, againstPolicyId: null, basedOnId: null, tierRunId: null };

const tiers: Record<string, AccessRow> = {
  'GET /tiers': { right: 'tiers:read', may: everybody, statuses: 'any' },
  'GET /tiers/candidates': { right: 'tiers:read', may: everybody, statuses: 'any' },
  'GET /tiers/features': { right: 'tiers:read', may: everybody, statuses: 'any' },
  'GET /tiers/sets': { right: 'tiers:read', may: everybody },
  'POST /tiers/sets': {
    right: 'tiers:write',
    may: heads,
    body: (serial) => ({
      name: `set ${serial}`,
      tiers: [
        { name: 'A', badge: 'crown' },
        { name: 'B', badge: 'circle' },
      ],
    }),
    statuses: 'any',
  },
  'PATCH /tiers/sets/:id': {
    right: 'tiers:write',
    may: heads,
    of: 'table tier_set',
    body: () => ({ rowVersion: 77 }),
    statuses: changed,
  },
  'GET /tiers/policies': { right: 'tiers:read', may: everybody },
  'GET /tiers/policies/:id': {
    right: 'tiers:read',
    may: everybody,
    of: 'tier policy',
  },
  'POST /tiers/start': {
    right: 'tiers:write',
    may: heads,
    body: () => ({ template: 'abc' }),
    statuses: [200, 201, 409],
  },
  'POST /tiers/policies': {
    right: 'tiers:write',
    may: heads,
    body: (serial) => ({ name: `policy ${serial}`, tierSetId: 999_999, definition }),
    ids,
    // There is no such set.
    statuses: 'any',
  },
  'PATCH /tiers/policies/:id': {
    right: 'tiers:write',
    may: heads,
    of: 'tier policy',
    body: () => ({ rowVersion: 77 }),
    ids,
    statuses: changed,
  },
  'DELETE /tiers/policies/:id': {
    right: 'tiers:write',
    may: heads,
    of: 'tier policy',
    statuses: [204, 409],
  },
  'GET /tiers/preview/progress': { right: 'tiers:write', may: heads },
  'POST /tiers/preview': {
    right: 'tiers:write',
    may: heads,
    body: () => ({ tierSetId: 999_999, definition, segmentId: [] }),
    ids,
    statuses: 'any',
  },
  'POST /tiers/policies/:id/publish': {
    right: 'tiers:write',
    may: heads,
    of: 'tier policy',
    body: () => ({ rowVersion: 77 }),
    statuses: changed,
  },
  'GET /tiers/runs': { right: 'tiers:read', may: everybody },
  'GET /tiers/runs/:id': { right: 'tiers:read', may: everybody, of: 'table tier_run', statuses: 'any' },
  'POST /tiers/runs': { right: 'tiers:write', may: heads, body: () => ({}), statuses: [202, 409, 422] },
  'POST /tiers/runs/:id/enforce': {
    right: 'tiers:approve',
    may: heads,
    of: 'table tier_run',
    never: [422],
    statuses: ofEmpty,
  },
  'POST /tiers/runs/:id/withdraw': {
    right: 'tiers:write',
    may: heads,
    of: 'table tier_run',
    never: [422],
    statuses: [200, 204, ...ofEmpty],
  },
  'POST /tiers/runs/:id/replay': {
    right: 'tiers:write',
    may: heads,
    of: 'table tier_run',
    statuses: [202, ...ofEmpty],
  },
  'GET /tiers/decisions': { right: 'tiers:read', may: everybody, statuses: 'any' },
  'POST /tiers/decisions/decide': {
    right: 'tiers:approve',
    may: heads,
    body: () => ({ ids: [999_999], approve: false }),
    ids: { ids: 'tier decision', tierRunId: null },
    // Nobody sees it.
    statuses: [422],
  },
  'POST /tiers/decisions/:id/end': {
    right: 'tiers:override',
    may: leaders,
    of: 'tier decision',
    never: [422],
    statuses: 'any',
  },
  'GET /customers/:id/tier': { right: 'tiers:read', may: everybody, of: 'customer', statuses: 'any' },
  'GET /customers/:id/tier/history': { right: 'tiers:read', may: everybody, of: 'customer', statuses: 'any' },
  'POST /customers/:id/tier/override': {
    right: 'tiers:override',
    may: leaders,
    of: 'customer',
    body: () => ({ tierId: 999_999, reason: 'because', expiresOn: '2026-06-01' }),
    // There is no policy in force.
    statuses: ofEmpty,
  },
};

const entitlements: Record<string, AccessRow> = {
  'GET /entitlements': { right: 'entitlements:read', may: everybody },
  'POST /entitlements': {
    right: 'entitlements:write',
    may: heads,
    body: (serial) => ({ kind: 'event', name: `event ${serial}` }),
    statuses: 'any',
  },
  'PATCH /entitlements/:id': {
    right: 'entitlements:write',
    may: heads,
    of: 'table entitlement',
    body: () => ({ rowVersion: 77 }),
    statuses: changed,
  },
  'DELETE /entitlements/:id': { right: 'entitlements:write', may: heads, of: 'table entitlement' },
  'GET /entitlements/capacity': { right: 'entitlements:read', may: everybody, statuses: 'any' },
  'GET /customers/:id/entitlements': {
    right: 'entitlements:read',
    may: everybody,
    of: 'customer',
    statuses: 'any',
  },
  'POST /customers/:id/entitlements': {
    right: 'entitlements:use',
    may: everybody,
    of: 'customer',
    body: () => ({ entitlementId: 999_999 }),
    ids: { entitlementId: null },
    // There is no such entitlement.
    statuses: [404, 422],
  },
  'PATCH /entitlements/capacity/:id': {
    right: 'entitlements:write',
    may: heads,
    of: 'user',
    never: [422],
    body: () => ({ hours: 800, rowVersion: 77 }),
    statuses: changed,
  },
  'GET /work-calendar': { right: 'entitlements:read', may: everybody },
  'GET /work-calendar/holidays': { right: 'entitlements:read', may: everybody },
  'PUT /work-calendar': {
    right: 'entitlements:write',
    may: heads,
    body: () => ({
      weekdays: [1],
      spans: [{ from: '09:00', until: '18:00' }],
      closedDays: [],
      openDays: [],
      rowVersion: 77,
    }),
    statuses: changed,
  },
  'GET /entitlements/clocks': { right: 'entitlements:read', may: everybody },
  'GET /customers/:id/clocks': { right: 'entitlements:read', may: everybody, of: 'customer' },
  'POST /entitlements/clocks/:id/solve': {
    right: 'entitlements:use',
    may: everybody,
    of: 'table service_clock',
    statuses: 'any',
  },
  'GET /customers/:id/entitlements/uses': { right: 'entitlements:read', may: everybody, of: 'customer' },
  'DELETE /entitlements/uses/:id': {
    right: 'entitlements:use',
    may: everybody,
    of: 'table entitlement_use',
    never: [422],
  },
};

const emptyRule = { match: 'all', not: false, items: [] };

const segments: Record<string, AccessRow> = {
  'GET /segments': { right: 'segments:read', may: everybody },
  'GET /segments/fields': { right: 'segments:read', may: everybody },
  'GET /segments/templates': { right: 'segments:read', may: everybody },
  'POST /segments/preview': {
    right: 'segments:read',
    may: everybody,
    body: () => ({ rule: emptyRule, sample: 5 }),
  },
  'POST /segments/rfm': { right: 'segments:read', may: everybody, body: () => ({}) },
  'POST /segments': {
    right: 'segments:write',
    may: everybody,
    body: (serial) => ({ name: `new-${serial}`, rule: emptyRule }),
  },
  'GET /segments/:id': { right: 'segments:read', may: everybody, of: 'segment' },
  'GET /segments/:id/count': { right: 'segments:read', may: everybody, of: 'segment' },
  'POST /segments/:id/freeze': {
    right: 'segments:write',
    may: everybody,
    of: 'segment',
    body: (serial) => ({ name: `frozen-${serial}` }),
  },
  'PATCH /segments/:id': {
    right: 'segments:write',
    may: everybody,
    of: 'segment',
    body: () => ({ rowVersion: 77 }),
    statuses: changed,
  },
  'DELETE /segments/:id': { right: 'segments:write', may: everybody, of: 'segment' },
  'GET /segments/clusters': { right: 'segments:cluster', may: heads, statuses: 'any' },
  'GET /segments/clusters/:id': {
    right: 'segments:cluster',
    may: heads,
    of: 'clustering',
    statuses: 'any',
  },
  'POST /segments/clusters': {
    right: 'segments:cluster',
    may: heads,
    body: () => ({ features: ['recencyDays', 'orders12m'] }),
    // There is one that waits.
    statuses: [202, 409],
  },
};

/** By which rules customers are treated: tiers, entitlements, segments. */
export const policyRows: Record<string, AccessRow> = { ...tiers, ...entitlements, ...segments };
