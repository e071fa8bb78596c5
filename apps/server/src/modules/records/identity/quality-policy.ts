import type { QualityPolicy } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';

/** What holds until an administrator decides otherwise. The weights add up to a hundred. */
const usualPolicy: QualityPolicy = {
  sameCreditCode: 'refuse',
  staleDays: 180,
  weights: {
    creditCode: 20,
    industry: 15,
    region: 15,
    contact: 20,
    phone: 10,
    address: 5,
    owner: 10,
    shortName: 5,
  },
  rowVersion: 0,
};

/** The organisation's rules for what a good record is; every user may read them. */
export async function readQualityPolicy(db: Db): Promise<QualityPolicy> {
  const row = await db.selectFrom('quality_policy').selectAll().executeTakeFirst();
  if (!row) return usualPolicy;
  return {
    sameCreditCode: row.same_credit_code as QualityPolicy['sameCreditCode'],
    staleDays: row.stale_days,
    weights: row.weights as QualityPolicy['weights'],
    rowVersion: row.row_version,
  };
}
