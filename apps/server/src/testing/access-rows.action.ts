import type { AccessRow } from './access-row.js';

const everybody = ['administrator', 'director', 'manager', 'member'] as const;
const leaders = ['administrator', 'director', 'manager'] as const;
const heads = ['administrator', 'director'] as const;
/** Somebody has changed it meanwhile. */
const changed = [409];

const warnings: Record<string, AccessRow> = {
  'GET /warnings': { right: 'alerts:read', may: everybody },
  'GET /warnings/:id': { right: 'alerts:read', may: everybody, of: 'table warning' },
  'POST /warnings/:id/snooze': {
    right: 'alerts:write',
    may: everybody,
    of: 'table warning',
    body: () => ({ until: '2026-04-01', rowVersion: 77 }),
    statuses: changed,
  },
  'POST /warnings/:id/handle': {
    right: 'alerts:write',
    may: everybody,
    of: 'table warning',
    body: () => ({ outcome: 'kept', rowVersion: 77, interaction: { kind: 'call', summary: 'new' } }),
    statuses: changed,
  },
  'POST /warnings/:id/false-alarm': {
    right: 'alerts:write',
    may: everybody,
    of: 'table warning',
    body: () => ({ rowVersion: 77 }),
    statuses: changed,
  },
  'POST /warnings/:id/reopen': {
    right: 'alerts:write',
    may: everybody,
    of: 'table warning',
    body: () => ({ rowVersion: 77 }),
    statuses: changed,
  },
  'POST /warnings/runs': { right: 'alerts:run', may: heads, statuses: [202, 409] },
  'GET /detectors': { right: 'alerts:read', may: everybody },
  'GET /detectors/:detectorId/folded': {
    right: 'alerts:read',
    may: everybody,
    fixed: { detectorId: 'overdue' },
  },
  'GET /detectors/:detectorId/backtest': {
    right: 'alerts:configure',
    may: heads,
    fixed: { detectorId: 'overdue' },
    statuses: 'any',
  },
  'GET /detectors/:detectorId/preview': {
    right: 'alerts:configure',
    may: heads,
    fixed: { detectorId: 'payment-late' },
    statuses: 'any',
  },
  'PATCH /detectors/:detectorId': {
    right: 'alerts:configure',
    may: heads,
    fixed: { detectorId: 'payment-late' },
    body: () => ({ rowVersion: 77, isOn: false }),
    statuses: changed,
    // Tiers are the company's.
    ids: { tierId: null },
  },
};

const tasks: Record<string, AccessRow> = {
  'GET /worklist': { right: 'tasks:read', may: everybody, statuses: 'any' },
  'GET /worklist/team': { right: 'tasks:read-team', may: leaders, statuses: 'any' },
  'GET /worklist/appraisal': {
    right: 'tasks:read-team',
    may: leaders,
    ids: { sinceRunId: null, groupsOf: 'user' },
  },
  'GET /tasks': { right: 'tasks:read', may: everybody, query: '?from=2026-01-01&to=2026-01-31' },
  'GET /tasks/:id': { right: 'tasks:read', may: everybody, of: 'table task', statuses: 'any' },
  'POST /tasks': {
    right: 'tasks:write',
    may: everybody,
    body: () => ({ title: 'new', dueOn: '2026-03-05' }),
    ids: { assigneeId: 'user', warningId: 'table warning' },
  },
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
    body: () => ({ rowVersion: 77, interaction: { kind: 'call', summary: 'new' } }),
    statuses: changed,
  },
  'POST /tasks/:id/reopen': {
    right: 'tasks:write',
    may: everybody,
    of: 'table task',
    body: () => ({ rowVersion: 77 }),
    statuses: changed,
  },
  'GET /task-rules': { right: 'tasks:read', may: everybody },
  'PATCH /task-rules/:kind': {
    right: 'alerts:configure',
    may: heads,
    fixed: { kind: 'birthday' },
    body: () => ({ rowVersion: 77 }),
    statuses: changed,
  },
  'POST /stage-actions': {
    right: 'alerts:configure',
    may: heads,
    body: (serial) => ({ stage: 'dormant', title: `call ${serial}` }),
  },
  'PATCH /stage-actions/:id': {
    right: 'alerts:configure',
    may: heads,
    of: 'table stage_action',
    body: () => ({ rowVersion: 77 }),
    statuses: changed,
  },
  'DELETE /stage-actions/:id': { right: 'alerts:configure', may: heads, of: 'table stage_action' },
  'GET /festival-cares/audience': { right: 'alerts:configure', may: heads },
  'POST /festival-cares': {
    right: 'alerts:configure',
    may: heads,
    body: () => ({ festival: 'christmas' }),
  },
  'PATCH /festival-cares/:id': {
    right: 'alerts:configure',
    may: heads,
    of: 'table festival_care',
    body: () => ({ rowVersion: 77 }),
    statuses: changed,
  },
  'DELETE /festival-cares/:id': { right: 'alerts:configure', may: heads, of: 'table festival_care' },
};

const packs: Record<string, AccessRow> = {
  'GET /customers/:id/pack': { right: 'customers:read', may: everybody, of: 'customer' },
  'GET /customers/:id/pack.pdf': {
    right: 'customers:export',
    may: everybody,
    of: 'customer',
    statuses: 'any',
  },
  'GET /prospects/poaching': { right: 'alerts:read', may: everybody },
  'GET /prospects/lookalikes': { right: 'alerts:read', may: everybody },
};

/** What is to be done about customers: warnings, tasks, packs. */
export const actionRows: Record<string, AccessRow> = { ...warnings, ...tasks, ...packs };
