import { CodedError } from '@kezi/contract/errors';
import type { Viewer } from '../../platform/db/scoped-db.js';

/** What concerns all customers: its sums would tell a narrower reader what they may not see. @throws CodedError tiers.needs_all */
export function mustSeeAll(viewer: Viewer): void {
  if (viewer.scope !== 'all') throw new CodedError('tiers.needs_all');
}
