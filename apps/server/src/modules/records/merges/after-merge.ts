import type { Db } from '../../../platform/db/scoped-db.js';

/** Brings what is derived of customers up to date; runs in the transaction of the merge, which sees all. */
type AfterMerge = (db: Db, customerIds: readonly number[]) => Promise<void>;

const followers: AfterMerge[] = [];

/** A later slice says, at start, what it has to make anew of customers that were merged or separated again. */
export function registerAfterMerge(follower: AfterMerge): void {
  followers.push(follower);
}

export async function runAfterMerge(db: Db, customerIds: readonly number[]): Promise<void> {
  for (const follower of followers) await follower(db, customerIds);
}
