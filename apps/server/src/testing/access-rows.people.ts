import type { Role } from '@kezi/contract';
import type { AccessRow } from './access-row.js';

const everybody: readonly Role[] = ['administrator', 'director', 'manager', 'member'];
const administrators: readonly Role[] = ['administrator'];

const wrongPassword = () => ({ password: 'not the password' });

/** Who somebody is, who they work with, and what guards the door. */
export const peopleRows: Readonly<Record<string, AccessRow>> = {
  'GET /me': { right: 'me:read', may: everybody },
  'PATCH /me/preferences': { right: 'me:write', may: everybody, body: () => ({ theme: 'light' }) },
  'POST /me/password': {
    right: 'me:write',
    may: everybody,
    body: () => ({ current: 'not the password', next: 'long enough for all' }),
    statuses: [401],
  },
  'GET /users': { right: 'users:read', may: everybody },
  'GET /users/:id': { right: 'users:read', may: everybody, of: 'user' },
  'POST /users': {
    right: 'users:write',
    may: administrators,
    body: (serial) => ({ email: `new${serial}@example.com`, name: 'new', password: 'long enough for all' }),
  },
  'PATCH /users/:id': { right: 'users:write', may: administrators, of: 'user', body: () => ({}) },
  // Names are no secret within the company.
  'GET /colleagues': { right: 'users:read', may: everybody, ids: { userId: null } },
  'GET /users/:id/placement': { right: 'users:write', may: administrators, of: 'user' },
  'PATCH /users/:id/placement': {
    right: 'users:write',
    may: administrators,
    of: 'user',
    body: () => ({}),
    ids: { teamIds: 'team' },
  },
  'GET /users/:id/deputies': { right: 'users:write', may: administrators, of: 'user' },
  'POST /users/:id/deputies': {
    right: 'users:write',
    may: administrators,
    of: 'user',
    body: () => ({ colleagueId: 2, fromOn: '2026-03-01', toOn: '2026-03-01' }),
    // The second of March: a day that is over.
    statuses: [422],
    ids: { colleagueId: null },
  },
  'GET /me/deputies': { right: 'me:read', may: everybody },
  'POST /me/deputies': {
    right: 'me:write',
    may: everybody,
    body: () => ({ colleagueId: 1, fromOn: '2026-03-01', toOn: '2026-03-01' }),
    statuses: [422],
    ids: { colleagueId: null },
  },
  'DELETE /deputies/:id': { right: 'me:write', may: everybody, of: 'deputy' },
  'GET /wall': { right: 'wall:read', may: administrators },
  'PUT /wall': { right: 'wall:write', may: administrators, body: () => ({ fields: [], limits: [] }) },
  'GET /teams': { right: 'teams:read', may: everybody },
  'POST /teams': {
    right: 'teams:write',
    may: administrators,
    body: (serial) => ({ name: `team ${serial}` }),
    ids: { parentId: 'team' },
  },
  'PATCH /teams/:id': {
    right: 'teams:write',
    may: administrators,
    of: 'team',
    body: () => ({}),
    ids: { parentId: 'team' },
  },
  'DELETE /teams/:id': { right: 'teams:write', may: administrators, of: 'team', statuses: [409] },
  'GET /settings': { right: 'settings:read', may: everybody },
  'PATCH /settings': { right: 'settings:write', may: administrators, body: () => ({ upColour: 'red' }) },
  'GET /keys': { right: 'keys:write', may: everybody },
  'POST /keys': {
    right: 'keys:write',
    may: everybody,
    body: () => ({ name: 'programme', scopes: ['customers:read'] }),
  },
  'DELETE /keys/:id': { right: 'keys:write', may: everybody, of: 'key' },
  'GET /audit': { right: 'audit:read', may: administrators, ids: { subjectId: 'customer' } },
  'GET /audit/words': { right: 'audit:read', may: administrators },
  'GET /audit/export': { right: 'audit:read', may: administrators, ids: { subjectId: 'customer' } },
  'GET /me/sessions': { right: 'me:read', may: everybody },
  'DELETE /me/sessions': { right: 'me:write', may: everybody },
  'DELETE /me/sessions/:id': { right: 'me:write', may: everybody, of: 'session' },
  'GET /me/second-factor': { right: 'me:read', may: everybody },
  'POST /me/second-factor': { right: 'me:write', may: everybody, body: wrongPassword, statuses: [401] },
  'POST /me/second-factor/confirm': {
    right: 'me:write',
    may: everybody,
    body: () => ({ code: '000000' }),
    statuses: [404],
  },
  'POST /me/second-factor/off': {
    right: 'me:write',
    may: everybody,
    body: () => ({ ...wrongPassword(), code: '000000' }),
    statuses: [401],
  },
  'POST /me/second-factor/recovery-codes': {
    right: 'me:write',
    may: everybody,
    body: wrongPassword,
    statuses: [401],
  },
  'GET /sign-in-policy': { right: 'settings:write', may: administrators },
  'PATCH /sign-in-policy': {
    right: 'settings:write',
    may: administrators,
    body: () => ({ secondFactorRoles: [] }),
    ids: { ssoClientId: null },
  },
  'GET /users/:id/access': { right: 'users:write', may: administrators, of: 'user' },
  'POST /users/:id/link': { right: 'users:write', may: administrators, of: 'user' },
  'DELETE /users/:id/sessions': {
    right: 'users:write',
    may: administrators,
    of: 'user to sign out',
  },
  'DELETE /users/:id/second-factor': {
    right: 'users:write',
    may: administrators,
    of: 'user',
    statuses: [404],
  },
  'DELETE /users/:id/pause': { right: 'users:write', may: administrators, of: 'user' },
  'GET /saved-views': { right: 'me:read', may: everybody },
  'POST /saved-views': {
    right: 'views:write',
    may: everybody,
    body: (serial) => ({ page: 'customers', name: `view ${serial}`, state: {} }),
  },
  'PATCH /saved-views/:id': { right: 'views:write', may: everybody, of: 'view', body: () => ({}) },
  'DELETE /saved-views/:id': { right: 'views:write', may: everybody, of: 'view' },
  'GET /jobs': { right: 'jobs:read', may: everybody },
  'GET /jobs/:id': { right: 'jobs:read', may: everybody, of: 'job' },
  'POST /jobs/:id/cancel': { right: 'jobs:cancel', may: everybody, of: 'job' },
  'GET /jobs/:id/events': { right: 'jobs:read', may: everybody, of: 'job' },
  'GET /events': { right: 'events:read', may: everybody, endless: true },
};
