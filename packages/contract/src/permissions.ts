/** Who a user is in the organisation. What each may do stands in `permissions`; whose rows they see, in their scope. */
export const roles = ['administrator', 'director', 'manager', 'member'] as const;
export type Role = (typeof roles)[number];

/** Whose rows a user sees. */
export const scopes = ['all', 'team_and_below', 'team', 'chosen', 'own'] as const;
export type Scope = (typeof scopes)[number];

/** The scope that a new user of the role gets. */
export const scopeOfRole: Readonly<Record<Role, Scope>> = {
  administrator: 'all',
  director: 'all',
  manager: 'team_and_below',
  member: 'own',
};

const everybody = roles;
const leaders = ['administrator', 'director', 'manager'] as const;
const heads = ['administrator', 'director'] as const;
const administrators = ['administrator'] as const;

/** Every permission with the roles that have it. A route names one of them, or 'public'. */
export const permissions = {
  'me:read': everybody,
  'me:write': everybody,
  'keys:write': everybody,
  'users:read': everybody,
  'users:write': administrators,
  'teams:read': everybody,
  'teams:write': administrators,
  'settings:read': everybody,
  'settings:write': administrators,
  'audit:read': administrators,
  'jobs:read': everybody,
  'jobs:cancel': everybody,
  'events:read': everybody,
  'customers:read': everybody,
  'customers:write': everybody,
  'customers:assign': leaders,
  'customers:export': everybody,
  // With a colleague: one's own customers, and those of the teams one sees.
  'customers:share': everybody,
  'wall:read': administrators,
  'wall:write': administrators,
  'pools:read': everybody,
  'pools:claim': everybody,
  'pools:write': leaders,
  'disputes:write': everybody,
  'disputes:decide': leaders,
  'ownership:handover': heads,
  'customers:merge': leaders,
  'duplicates:search': leaders,
  'quality:read': everybody,
  'quality:write': administrators,
  // Which fields the company adds to its customers.
  'fields:write': administrators,
  'contacts:read': everybody,
  'contacts:write': everybody,
  // Phones, mails and WeChat in full: of one's own customers, and of others' customers within sight.
  'contacts:reveal': everybody,
  'contacts:reveal-others': leaders,
  // One person's data, all of it: to be given to them, or to be taken out.
  'persons:export': leaders,
  'persons:erase': heads,
  // After how many months persons are erased by night.
  'retention:read': administrators,
  'retention:write': administrators,
  'interactions:read': everybody,
  'interactions:write': everybody,
  'notes:read': everybody,
  'notes:write': everybody,
  'contracts:read': everybody,
  'contracts:write': everybody,
  'payments:read': everybody,
  'payments:write': everybody,
  'files:read': everybody,
  'files:write': everybody,
  'products:read': everybody,
  'products:write': leaders,
  'orders:read': everybody,
  'orders:write': everybody,
  'imports:read': everybody,
  'imports:write': everybody,
  'imports:undo': everybody,
  'demo:load': administrators,
  'views:write': everybody,
  'overview:read': everybody,
  'valuation:read': everybody,
  'valuation:run': heads,
  'tiers:read': everybody,
  // Policies concern all customers, so their writer must also see all.
  'tiers:write': heads,
  'tiers:approve': heads,
  'tiers:override': leaders,
  'segments:read': everybody,
  'segments:write': everybody,
  // Clusters are made of all customers.
  'segments:cluster': heads,
  'entitlements:read': everybody,
  'entitlements:write': heads,
  'entitlements:use': everybody,
  'lifecycle:read': everybody,
  'lifecycle:pin': everybody,
  'lifecycle:configure': heads,
  'alerts:read': everybody,
  'alerts:write': everybody,
  'alerts:run': heads,
  'alerts:configure': heads,
  'tasks:read': everybody,
  'tasks:write': everybody,
  'tasks:read-team': leaders,
  // A webhook is sent what its maker may see; it leaves the house, so that leaders alone make one.
  'webhooks:read': leaders,
  'webhooks:write': leaders,
  'robots:read': everybody,
  'robots:write': leaders,
  // Mail server, and hosts of the company's own network that may be called.
  'outbound:read': administrators,
  'outbound:write': administrators,
  'notices:read': everybody,
  'notices:write': everybody,
} as const satisfies Record<`${string}:${string}`, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** What a key may never do, whatever its user may: change who gets in. */
const notForKeys = new Set<Permission>([
  'me:write',
  'keys:write',
  'users:write',
  'teams:write',
  'settings:write',
  'wall:write',
]);

/** What an API key may be given. */
export const keyScopes = (Object.keys(permissions) as Permission[]).filter((name) => !notForKeys.has(name));

/** The permissions of a role. */
export function permissionsOf(role: Role): Permission[] {
  return (Object.keys(permissions) as Permission[]).filter((name) =>
    (permissions[name] as readonly Role[]).includes(role),
  );
}
