import type { CustomerFilter } from '@kezi/contract';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { kept } from '../../../platform/db/kept-statements.js';
import { ownersOf, type Db, type Viewer } from '../../../platform/db/scoped-db.js';
import type { TokenMatch } from './customer-tokens.js';
import { sideConditions } from './side-filter.js';

/** A condition on a row `c` of `register_entry`. */
export type Condition = RawBuilder<SqlBool>;

/** Sorts after every token that begins with a text: the last code point, under a comparison byte by byte. */
const afterAll = '\u{10FFFF}';

/** A row `t` of tokens that matches. */
export function tokenCondition({ token, match }: TokenMatch): Condition {
  return match === 'equals'
    ? sql`t.token = ${token}`
    : sql`t.token >= ${token} and t.token < ${token + afterAll}`;
}

/**
 * Whether one of the words is on few customers, so that one begins with those that have it. The database says of a word that it
 * is frequent and no more; how many customers of others have it is not for everybody. Whose own customers are all that he
 * sees goes through those: they are fewer still.
 */
export async function hasRareToken(db: Db, viewer: Viewer, tokens: readonly TokenMatch[]): Promise<boolean> {
  if (tokens.length === 0) return false;
  if (viewer.scope !== 'all' && viewer.teamIds.length === 0) return false;
  const words = tokens.map(
    ({ token, match }) => sql`is_frequent_word(${token}, ${match === 'equals' ? token : token + afterAll})`,
  );
  const { rows } = await sql<{ rare: boolean }>`${kept}
    select not (${sql.join(words, sql` and `)}) as rare`.execute(db);
  return rows[0]?.rare ?? false;
}

/**
 * The tokens of one customer are looked at, row by row. A scalar sub-select is never turned into a join, so the walk
 * along the sort index stays a walk.
 */
export function probeTokens(tokens: readonly TokenMatch[]): Condition[] {
  return tokens.map(
    (match) => sql`(select true from customer_token t
      where t.customer_id = c.customer_id and ${tokenCondition(match)} limit 1)`,
  );
}

/** The customers that have the tokens; the database begins with the rarest. */
function memberOfTokens(tokens: readonly TokenMatch[]): Condition[] {
  return tokens.map(
    (match) =>
      sql`c.customer_id in (select t.customer_id from customer_token t where ${tokenCondition(match)})`,
  );
}

/**
 * `select <columns> from register_entry c where <conditions>` for the customers that the viewer sees and that have the tokens.
 * Where no token is rare, a scoped viewer's come in parts, each by an index of its own: those of their teams, the few they own
 * elsewhere, and the few shared with them. From the tokens one would read a frequent one through all teams.
 */
export function matching(
  viewer: Viewer,
  columns: RawBuilder<unknown>,
  conditions: readonly Condition[],
  { tokens, isRare }: { tokens: readonly TokenMatch[]; isRare: boolean },
): RawBuilder<unknown> {
  const select = (found: readonly Condition[]) =>
    sql`select ${columns} from register_entry c where ${allOf([...conditions, ...found])}`;
  if (tokens.length === 0 || isRare || viewer.scope === 'all') return select(memberOfTokens(tokens));
  const teamIds = sql`${[...viewer.teamIds]}::int[]`;
  const owners = sql`${[...ownersOf(viewer)]}::int[]`;
  const inNoTeam = sql<SqlBool>`(c.team_id is null or c.team_id <> all(${teamIds}))`;
  const parts = [select([sql`c.owner_id = any(${owners}) and ${inNoTeam}`, ...probeTokens(tokens)])];
  if (viewer.teamIds.length > 0)
    parts.unshift(select([sql`c.team_id = any(${teamIds})`, ...probeTokens(tokens)]));
  const sharedIds = viewer.sharedIds ?? [];
  if (sharedIds.length > 0) {
    const shared = sql<SqlBool>`c.customer_id = any(${[...sharedIds]}::bigint[]) and ${inNoTeam}
      and (c.owner_id is null or c.owner_id <> all(${owners}))`;
    parts.push(select([shared, ...probeTokens(tokens)]));
  }
  return sql.join(parts, sql` union all `);
}

/** One value is written as an equation: the planner then knows that an index beginning with it is in the order asked for. */
function oneOf(column: string, values: readonly (string | number)[] | undefined, type: string): Condition[] {
  if (values === undefined) return [];
  const name = sql.raw(`c.${column}`);
  const [first] = values;
  return values.length === 1
    ? [sql`${name} = ${first}::${sql.raw(type)}`]
    : [sql`${name} = any(${[...values]}::${sql.raw(type)}[])`];
}

function between(column: string, type: string, low: unknown, high: unknown): Condition[] {
  const name = sql.raw(`c.${column}`);
  const cast = sql.raw(type);
  return [
    ...(low === undefined ? [] : [sql<SqlBool>`${name} >= ${low}::${cast}`]),
    ...(high === undefined ? [] : [sql<SqlBool>`${name} <= ${high}::${cast}`]),
  ];
}

/** What the indexes by value hold: an index that is walked tests these without a look at the customer. */
export function indexedConditions(filter: CustomerFilter): Condition[] {
  return [
    ...oneOf('rfm_segment', filter.segment, 'text'),
    ...oneOf('region', filter.region, 'text'),
    ...oneOf('industry', filter.industry, 'text'),
    ...between('clv', 'float8', filter.clvMin, filter.clvMax),
  ];
}

/** What only the customer itself can tell. */
export function otherConditions(filter: CustomerFilter): Condition[] {
  return [
    ...oneOf('tier_id', filter.tierId, 'int'),
    ...oneOf('stage', filter.stage, 'text'),
    ...oneOf('owner_id', filter.ownerId, 'int'),
    ...oneOf('team_id', filter.teamId, 'int'),
    ...oneOf(
      'parent_customer_id',
      filter.parentCustomerId === undefined ? undefined : [filter.parentCustomerId],
      'bigint',
    ),
    ...between('p_alive', 'float8', filter.pAliveMin, filter.pAliveMax),
    ...between('last_order_on', 'date', filter.lastOrderFrom, filter.lastOrderTo),
  ];
}

/** Everything that narrows the register but the words searched for. */
export function filterConditions(filter: CustomerFilter): Condition[] {
  return [...indexedConditions(filter), ...otherConditions(filter), ...sideConditions(filter, 'member')];
}

export function allOf(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`;
}
