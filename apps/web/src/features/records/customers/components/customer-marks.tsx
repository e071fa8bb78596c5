import type { CustomerDetail } from '@kezi/contract';
import { SegmentBadge } from '../../../../ui/segment-badge.js';
import { StageTag } from '../../../../ui/stage-tag.js';
import { TierBadge } from '../../../../ui/tier-badge.js';
import { useWords } from '../words.js';
import styles from './customer-view.module.css';

/** How the company stands to the customer: grade, stage, group, and who answers for them. Seen on every tab. */
export function CustomerMarks({ customer }: { customer: CustomerDetail }) {
  const t = useWords();
  const { tierBadge, tierName, stage, rfmSegment, ownerName } = customer;
  return (
    <div className={styles['marks']}>
      {tierBadge === null || tierName === null ? null : <TierBadge badge={tierBadge} name={tierName} />}
      {stage === null ? null : <StageTag stage={stage} />}
      {rfmSegment === null ? null : <SegmentBadge segment={rfmSegment} />}
      <span>{ownerName === null ? t('customers.noOwner') : t('customers.ownedBy', { name: ownerName })}</span>
    </div>
  );
}
