/* Who may see which objects of the access matrix: the expectation, written down apart from the program. */

/** Where an object stands, seen from the member: own, of the manager's team, below it, or of somebody else's team. */
export const labels = ['own', 'child', 'team', 'sibling'] as const;
export type Label = (typeof labels)[number];

export type Actor = 'member' | 'manager' | 'director' | 'administrator';
export const actors: readonly Actor[] = ['member', 'manager', 'director', 'administrator'];

/** Every restricted record holds its token; nobody who may not see the record may ever read it. */
export const canaryOf = (label: Label): string => `zq${label}zq`;

/** Never the number of anything. */
export const neverExisted = 999_999;

/** What an id in a route can be the id of. */
export type Kind = NamedKind | `table ${string}` | `deleted ${string}`;
export type NamedKind =
  | 'customer'
  | 'contact'
  | 'deleted contact'
  | 'contact to erase'
  | 'interaction'
  | 'deleted interaction'
  | 'order'
  | 'user'
  | 'user to sign out'
  | 'session'
  | 'team'
  | 'import'
  | 'job'
  | 'view'
  | 'key'
  | 'run'
  | 'share'
  | 'deputy'
  | 'contract'
  | 'deleted contract'
  | 'receivable'
  | 'payment'
  | 'file'
  | 'note'
  | 'deleted note'
  | 'segment'
  | 'dispute'
  | 'tier decision'
  | 'pool'
  | 'recycle rule'
  | 'webhook'
  | 'delivery'
  | 'robot'
  | 'tier policy'
  | 'training'
  | 'clustering'
  | 'validation rule';

type Seen = Readonly<Record<Actor, readonly Label[]>>;

const byOwnerAndTeam: Seen = {
  member: ['own'],
  manager: ['own', 'child', 'team'],
  director: labels,
  administrator: labels,
};
const byCreator: Seen = { member: ['own'], manager: ['team'], director: labels, administrator: labels };
const byCreatorAlone: Seen = { member: ['own'], manager: ['team'], director: [], administrator: ['child'] };
const byEverybody: Seen = { member: labels, manager: labels, director: labels, administrator: labels };
const byColleagues: Seen = {
  // One person stands at both places.
  member: ['own', 'child'],
  manager: ['own', 'child', 'team'],
  director: labels,
  administrator: labels,
};

/** Of departments, which who sees own customers alone does not lead. */
const byDepartment: Seen = {
  member: [],
  manager: ['own', 'child', 'team'],
  director: labels,
  administrator: labels,
};

/** Who sees which objects: the expectation, written down apart from the program. */
const seenOf: Readonly<Record<NamedKind, Seen>> = {
  customer: byOwnerAndTeam,
  contact: byOwnerAndTeam,
  'deleted contact': byOwnerAndTeam,
  'contact to erase': byOwnerAndTeam,
  interaction: byOwnerAndTeam,
  'deleted interaction': byOwnerAndTeam,
  order: byOwnerAndTeam,
  contract: byOwnerAndTeam,
  'deleted contract': byOwnerAndTeam,
  receivable: byOwnerAndTeam,
  payment: byOwnerAndTeam,
  file: byOwnerAndTeam,
  note: byOwnerAndTeam,
  'deleted note': byOwnerAndTeam,
  user: byColleagues,
  'user to sign out': byDepartment,
  team: byEverybody,
  import: byCreator,
  job: byCreator,
  view: byCreatorAlone,
  key: byCreatorAlone,
  session: byCreatorAlone,
  run: byEverybody,
  share: byOwnerAndTeam,
  segment: byCreatorAlone,
  dispute: byOwnerAndTeam,
  'tier decision': byOwnerAndTeam,
  pool: byDepartment,
  'recycle rule': byDepartment,
  // Leaders alone have some; the administrator keeps everybody's.
  webhook: { member: [], manager: ['team'], director: [], administrator: labels },
  delivery: { member: [], manager: ['team'], director: [], administrator: labels },
  robot: byDepartment,
  'tier policy': byEverybody,
  training: byEverybody,
  clustering: { member: [], manager: [], director: labels, administrator: labels },
  'validation rule': byEverybody,
  // Whom somebody lets stand in: theirs alone, and the administrator's to end.
  deputy: { member: ['own'], manager: ['team'], director: [], administrator: labels },
};

/** Tables whose rows are somebody's for another reason than that their customer is. */
const tables: Readonly<Record<string, Seen>> = {
  'table ownership_transfer': byCreator,
  'table tier_set': byEverybody,
  'table tier_run': byEverybody,
  'table entitlement': byEverybody,
  'table bulk_edit': byCreator,
  'table custom_field': byEverybody,
  'table stage_action': byEverybody,
  'table festival_care': byEverybody,
};

/** Who sees objects of a kind: rows of a table go with their customer unless `tables` says otherwise. */
export function seenBy(kind: Kind, actor: Actor): readonly Label[] {
  return (seenOf[kind as NamedKind] ?? tables[kind] ?? byOwnerAndTeam)[actor];
}
