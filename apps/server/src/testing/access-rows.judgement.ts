import type { AccessRow } from './access-row.js';
import { deliveryRows } from './access-rows.delivery.js';

const everybody = ['administrator', 'director', 'manager', 'member'] as const;
const leaders = ['administrator', 'director', 'manager'] as const;
const heads = ['administrator', 'director'] as const;
const administrators = ['administrator'] as const;

/** What is the company's, not a customer's: all who have the right see the same. */
const common = 'The id is of a rule of the company, not of a customer; its own test file says what it does.';
/** What a good request needs more for than rights, such as figures of a run. */
const needsFigures =
  'A good request needs figures that the matrix does not make; its own test file has them.';

const churn: Record<string, AccessRow> = {
  'GET /churn/runs': { right: 'valuation:read', may: everybody },
  'GET /churn/runs/:runId': { right: 'valuation:read', may: everybody, of: 'customer', refusalsOnly: common },
  'GET /churn/customers': { right: 'customers:read', may: everybody, statuses: 'any' },
  'GET /customers/:id/churn': { right: 'customers:read', may: everybody, of: 'customer' },
  'POST /churn/runs': { right: 'valuation:run', may: heads, refusalsOnly: needsFigures },
  'POST /churn/runs/:runId/cancel': {
    right: 'valuation:run',
    may: heads,
    of: 'customer',
    refusalsOnly: common,
  },
  'GET /valuation/fields': { right: 'valuation:run', may: heads, statuses: 'any' },
};

const lifecycle: Record<string, AccessRow> = {
  'GET /lifecycle': { right: 'lifecycle:read', may: everybody, statuses: 'any' },
  'GET /lifecycle/cohorts': { right: 'lifecycle:read', may: everybody, statuses: 'any' },
  'GET /customers/:id/stages': { right: 'lifecycle:read', may: everybody, of: 'customer' },
  'POST /customers/:id/stages/pin': {
    right: 'lifecycle:pin',
    may: everybody,
    of: 'customer',
    refusalsOnly: needsFigures,
  },
  'DELETE /customers/:id/stages/pin': {
    right: 'lifecycle:pin',
    may: everybody,
    of: 'customer',
    statuses: 'any',
  },
};

const action: Record<string, AccessRow> = {
  'GET /warnings': { right: 'alerts:read', may: everybody },
  'GET /warnings/:id': { right: 'alerts:read', may: everybody, of: 'customer', refusalsOnly: needsFigures },
  'GET /detectors': { right: 'alerts:read', may: everybody },
  'GET /detectors/:detectorId/backtest': {
    right: 'alerts:configure',
    may: heads,
    of: 'customer',
    refusalsOnly: common,
  },
  'GET /detectors/:detectorId/preview': {
    right: 'alerts:configure',
    may: heads,
    of: 'customer',
    refusalsOnly: common,
  },
  'PATCH /detectors/:detectorId': {
    right: 'alerts:configure',
    may: heads,
    of: 'customer',
    refusalsOnly: common,
  },
  'POST /warnings/:id/snooze': {
    right: 'alerts:write',
    may: everybody,
    of: 'customer',
    refusalsOnly: needsFigures,
  },
  'POST /warnings/:id/handle': {
    right: 'alerts:write',
    may: everybody,
    of: 'customer',
    refusalsOnly: needsFigures,
  },
  'POST /warnings/:id/false-alarm': {
    right: 'alerts:write',
    may: everybody,
    of: 'customer',
    refusalsOnly: needsFigures,
  },
  'POST /warnings/runs': { right: 'alerts:run', may: heads, statuses: 'any', refusalsOnly: needsFigures },
  'GET /worklist': { right: 'tasks:read', may: everybody, statuses: 'any' },
  'GET /worklist/team': { right: 'tasks:read-team', may: leaders, statuses: 'any' },
  'GET /worklist/appraisal': { right: 'tasks:read-team', may: leaders, ids: { sinceRunId: null } },
  'GET /tasks': { right: 'tasks:read', may: everybody, refusalsOnly: needsFigures },
  'GET /tasks/:id': { right: 'tasks:read', may: everybody, of: 'table task', statuses: 'any' },
  'POST /tasks': { right: 'tasks:write', may: everybody, refusalsOnly: needsFigures },
  'PATCH /tasks/:id': {
    right: 'tasks:write',
    may: everybody,
    of: 'table task',
    body: () => ({ rowVersion: 77, title: 'new' }),
    statuses: 'any',
    ids: { assigneeId: null },
  },
  'POST /tasks/:id/done': {
    right: 'tasks:write',
    may: everybody,
    of: 'table task',
    refusalsOnly: 'It becomes done once.',
  },
};

const taskRules: Record<string, AccessRow> = {
  'GET /customers/:id/pack': { right: 'customers:read', may: everybody, of: 'customer' },
  'GET /customers/:id/pack.pdf': {
    right: 'customers:export',
    may: everybody,
    of: 'customer',
    statuses: 'any',
  },
  'GET /prospects/poaching': { right: 'alerts:read', may: everybody },
  'GET /prospects/lookalikes': { right: 'alerts:read', may: everybody },
  'GET /task-rules': { right: 'tasks:read', may: everybody },
  'PATCH /task-rules/:kind': { right: 'alerts:configure', may: heads, of: 'customer', refusalsOnly: common },
  'POST /stage-actions': { right: 'alerts:configure', may: heads, refusalsOnly: common },
  'PATCH /stage-actions/:id': { right: 'alerts:configure', may: heads, of: 'customer', refusalsOnly: common },
  'DELETE /stage-actions/:id': {
    right: 'alerts:configure',
    may: heads,
    of: 'customer',
    refusalsOnly: common,
  },
};

const company = (right: AccessRow['right'], may: AccessRow['may']): AccessRow => ({
  right,
  may,
  of: 'customer',
  refusalsOnly: common,
});

const tiers: Record<string, AccessRow> = {
  'GET /tiers': { right: 'tiers:read', may: everybody, statuses: 'any' },
  'GET /tiers/candidates': { right: 'tiers:read', may: everybody, statuses: 'any' },
  'GET /tiers/features': { right: 'tiers:read', may: everybody, statuses: 'any' },
  'GET /tiers/sets': { right: 'tiers:read', may: everybody },
  'POST /tiers/sets': { right: 'tiers:write', may: heads, refusalsOnly: common },
  'PATCH /tiers/sets/:id': company('tiers:write', heads),
  'GET /tiers/policies': { right: 'tiers:read', may: everybody },
  'GET /tiers/policies/:id': company('tiers:read', everybody),
  'POST /tiers/start': { right: 'tiers:write', may: heads, refusalsOnly: common },
  'POST /tiers/policies': { right: 'tiers:write', may: heads, refusalsOnly: common },
  'PATCH /tiers/policies/:id': company('tiers:write', heads),
  'DELETE /tiers/policies/:id': company('tiers:write', heads),
  'POST /tiers/preview': { right: 'tiers:write', may: heads, refusalsOnly: common },
  'POST /tiers/policies/:id/publish': company('tiers:write', heads),
  'GET /tiers/runs': { right: 'tiers:read', may: everybody },
  'GET /tiers/runs/:id': company('tiers:read', everybody),
  'POST /tiers/runs': { right: 'tiers:write', may: heads, refusalsOnly: common },
  'POST /tiers/runs/:id/enforce': company('tiers:approve', heads),
  'POST /tiers/runs/:id/withdraw': company('tiers:write', heads),
  'POST /tiers/runs/:id/replay': company('tiers:write', heads),
  'GET /tiers/decisions': { right: 'tiers:read', may: everybody, statuses: 'any' },
  'POST /tiers/decisions/decide': { right: 'tiers:approve', may: heads, refusalsOnly: common },
  'POST /tiers/decisions/:id/end': company('tiers:override', leaders),
  'GET /customers/:id/tier': { right: 'tiers:read', may: everybody, of: 'customer', statuses: 'any' },
  'GET /customers/:id/tier/history': { right: 'tiers:read', may: everybody, of: 'customer', statuses: 'any' },
  'POST /customers/:id/tier/override': {
    right: 'tiers:override',
    may: leaders,
    of: 'customer',
    refusalsOnly: needsFigures,
  },
  'GET /entitlements': { right: 'entitlements:read', may: everybody },
  'POST /entitlements': { right: 'entitlements:write', may: heads, refusalsOnly: common },
  'PATCH /entitlements/:id': company('entitlements:write', heads),
  'DELETE /entitlements/:id': company('entitlements:write', heads),
  'GET /entitlements/capacity': { right: 'entitlements:read', may: everybody, statuses: 'any' },
  'GET /customers/:id/entitlements': {
    right: 'entitlements:read',
    may: everybody,
    of: 'customer',
    statuses: 'any',
  },
  'PATCH /entitlements/capacity/:id': {
    right: 'entitlements:write',
    may: heads,
    of: 'user',
    body: () => ({ hours: 800, rowVersion: 77 }),
    refusalsOnly: 'Who is not there is refused as a wrong input; entitlements.http.test.ts sets some.',
  },
  'GET /customers/:id/entitlements/uses': { right: 'entitlements:read', may: everybody, of: 'customer' },
  'DELETE /entitlements/uses/:id': {
    right: 'entitlements:use',
    may: everybody,
    of: 'customer',
    refusalsOnly: 'What is not there is refused as a wrong input; entitlements.http.test.ts takes some back.',
  },
  'POST /customers/:id/entitlements': {
    right: 'entitlements:use',
    may: everybody,
    of: 'customer',
    refusalsOnly: common,
  },
};

const quality: Record<string, AccessRow> = {
  'GET /duplicates': { right: 'customers:read', may: everybody },
  'POST /duplicates/check': {
    right: 'customers:write',
    may: everybody,
    body: () => ({ name: 'nobody has this name' }),
    statuses: 'any',
  },
  'GET /duplicates/search': { right: 'duplicates:search', may: leaders, statuses: 'any' },
  'POST /duplicates/search': { right: 'duplicates:search', may: leaders, statuses: 'any' },
  'POST /duplicates/dismiss': { right: 'customers:write', may: everybody, refusalsOnly: needsFigures },
  'POST /duplicates/reopen': { right: 'customers:write', may: everybody, refusalsOnly: needsFigures },
  'GET /customers/:id/merge': {
    right: 'customers:merge',
    may: leaders,
    of: 'customer',
    refusalsOnly: 'Two customers take part; merges.http.test.ts has them.',
  },
  'POST /customers/:id/merge': {
    right: 'customers:merge',
    may: leaders,
    of: 'customer',
    refusalsOnly: 'Two customers take part; merges.http.test.ts has them.',
  },
  'GET /merges': { right: 'customers:read', may: everybody },
  'POST /merges/:id/undo': company('customers:merge', leaders),
  'GET /customers/:id/quality': { right: 'quality:read', may: everybody, of: 'customer', statuses: 'any' },
  'GET /quality': { right: 'quality:read', may: everybody, statuses: 'any' },
  'GET /quality/worst': { right: 'quality:read', may: everybody, statuses: 'any' },
  'POST /quality/measure': { right: 'duplicates:search', may: leaders, statuses: 'any' },
  'GET /quality/rules': { right: 'quality:read', may: everybody },
  'POST /quality/rules': { right: 'quality:write', may: administrators, refusalsOnly: common },
  'PUT /quality/rules/:id': company('quality:write', administrators),
  'DELETE /quality/rules/:id': company('quality:write', administrators),
  'GET /quality/policy': { right: 'quality:read', may: everybody },
  'PUT /quality/policy': { right: 'quality:write', may: administrators, refusalsOnly: common },
};

const emptyRule = { match: 'all', not: false, items: [] };

const segments: Record<string, AccessRow> = {
  'GET /segments': { right: 'segments:read', may: everybody },
  'GET /segments/fields': { right: 'segments:read', may: everybody },
  'GET /segments/templates': { right: 'segments:read', may: everybody },
  'POST /segments/preview': {
    right: 'segments:read',
    may: everybody,
    body: () => ({ rule: emptyRule, sample: 0 }),
  },
  'POST /segments/rfm': { right: 'segments:read', may: everybody, body: () => ({}) },
  'POST /segments': {
    right: 'segments:write',
    may: everybody,
    body: (serial) => ({ name: `new-${serial}`, rule: emptyRule }),
  },
  'GET /segments/:id': company('segments:read', everybody),
  'GET /segments/:id/count': company('segments:read', everybody),
  'POST /segments/:id/freeze': company('segments:write', everybody),
  'PATCH /segments/:id': company('segments:write', everybody),
  'DELETE /segments/:id': company('segments:write', everybody),
  'GET /segments/clusters': { right: 'segments:cluster', may: heads, statuses: 'any' },
  'GET /segments/clusters/:id': company('segments:cluster', heads),
  'POST /segments/clusters': { right: 'segments:cluster', may: heads, refusalsOnly: needsFigures },
};

/** What is thought of customers: churn, stages, warnings and tasks, tiers, duplicates and quality. */
export const judgementRows: Record<string, AccessRow> = {
  ...deliveryRows,
  ...churn,
  ...lifecycle,
  ...action,
  ...taskRules,
  ...tiers,
  ...segments,
  ...quality,
};
