import type { SegmentGroup } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { figuresAsOf } from '../../records/customers/index.js';
import { ruleCondition } from './segment-rule.js';

/** Keeps whoever fits a rule now as the members of a static segment. @returns how many */
export async function keepMembers(db: Db, segmentId: number, rule: SegmentGroup): Promise<number> {
  const fits = ruleCondition(rule, await figuresAsOf(db));
  const kept = await sql`
    insert into segment_member (segment_id, customer_id, owner_id, team_id)
    select ${segmentId}::int, c.customer_id, c.owner_id, c.team_id from register_entry c where ${fits}`.execute(
    db,
  );
  return Number(kept.numAffectedRows ?? 0);
}
