import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { ownersOf, type Viewer } from '../../../platform/db/scoped-db.js';

/**
 * A row `c` with owner and team is the viewer's own, by his scope or as a deputy. What is shared with him he sees as well,
 * but a guest neither gives a customer away nor decides whose it is.
 */
export function isOwnRow(viewer: Viewer): RawBuilder<SqlBool> {
  if (viewer.scope === 'all') return sql`true`;
  return sql`(c.owner_id = any (${[...ownersOf(viewer)]}::int[]) or c.team_id = any (${[...viewer.teamIds]}::int[]))`;
}
