import type { AppraisalGroup } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../../../lib/formats.js';
import list from '../../../../ui/list-table.module.css';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentBadge } from '../../../../ui/segment-badge.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { StageTag } from '../../../../ui/stage-tag.js';
import { TierBadge } from '../../../../ui/tier-badge.js';
import { appraisalQuery, type AppraisalAsked } from '../api/worklist.js';
import { useWords } from '../words.js';
import styles from './worklist.module.css';

const heads = ['heldCustomers', 'valueBefore', 'ownRatio', 'peerRatio', 'groupDifference'] as const;

/** What the expectation of a person was made of: each group, and what became of such customers in other hands. */
export function AppraisalGroups({ asked }: { asked: AppraisalAsked }) {
  const t = useWords();
  const query = useQuery(appraisalQuery(asked));
  return (
    <QueryView query={query} skeleton={<SkeletonGrid rows={3} columns={6} />}>
      {({ items }) => (
        <table className={`${list['table']} ${list['cards']}`} aria-label={t('worklist.groups')}>
          <thead>
            <tr>
              <th scope="col">{t('worklist.group')}</th>
              {heads.map((head) => (
                <th key={head} scope="col" data-align="end">
                  {t(`worklist.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items
              .find(({ userId }) => userId === asked.groupsOf)
              ?.groups?.map((group) => (
                <Group key={`${group.tierName} ${group.segment} ${group.stage}`} group={group} />
              ))}
          </tbody>
        </table>
      )}
    </QueryView>
  );
}

function Group({ group }: { group: AppraisalGroup }) {
  const t = useWords();
  const f = useFormats();
  const { peers, clvExpected } = group;
  const money = (value: number) => f.valueShort(value);
  const ratio = (now: number, before: number) => (before > 0 ? f.percent(now / before, 0) : '–');
  return (
    <tr>
      <td>
        <div className={styles['who']}>
          {group.tierName !== null && group.tierBadge !== null ? (
            <TierBadge name={group.tierName} badge={group.tierBadge} />
          ) : null}
          {group.segment === null ? null : <SegmentBadge segment={group.segment} />}
          {group.stage === null ? null : <StageTag stage={group.stage} />}
        </div>
      </td>
      <td data-align="end" data-name={t('worklist.heldCustomers')}>
        {f.count(group.customers)}
      </td>
      <td data-align="end" data-name={t('worklist.valueBefore')}>
        {money(group.clvBefore)}
      </td>
      <td data-align="end" data-name={t('worklist.ownRatio')}>
        {ratio(group.clvNow, group.clvBefore)}
      </td>
      <td data-align="end" data-name={t('worklist.peerRatio')}>
        {peers === null ? t('worklist.against.none') : ratio(peers.clvNow, peers.clvBefore)}{' '}
        {peers === null || group.against === null ? null : (
          <span className={styles['soft']}>
            {t(`worklist.against.${group.against}`, { count: peers.customers })}
          </span>
        )}
      </td>
      <td data-align="end" data-name={t('worklist.groupDifference')}>
        {clvExpected === null ? '–' : money(group.clvNow - clvExpected)}
      </td>
    </tr>
  );
}
