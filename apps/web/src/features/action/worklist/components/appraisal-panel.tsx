import type { Appraisal } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import list from '../../../../ui/list-table.module.css';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { UnfoldButton } from '../../../../ui/unfold-button.js';
import { appraisalQuery, type AppraisalAsked } from '../api/worklist.js';
import { useWords } from '../words.js';
import { AppraisalGroups } from './appraisal-groups.js';
import styles from './worklist.module.css';

const figures = [
  'valueDifference',
  'valueBefore',
  'valueNow',
  'valueExpected',
  'heldCustomers',
  'leftOut',
] as const;
const tones = { above: 'good', below: 'bad', 'no-difference': 'neutral' } as const;

/** What became of the value that each person held, against customers alike: by work, as far as it can be told from luck. */
export function AppraisalPanel({ segmentId }: { segmentId: number | undefined }) {
  const t = useWords();
  const f = useFormats();
  const [since, setSince] = useState<number | undefined>();
  const asked = { sinceRunId: since, segmentId };
  const query = useQuery(appraisalQuery(asked));
  const runs = query.data?.runs ?? [];
  return (
    <Panel
      title={t('worklist.appraisal')}
      hint={t('worklist.appraisalHint')}
      padding="none"
      extra={
        runs.length > 0 ? (
          <Select
            aria-label={t('worklist.since')}
            prefix={t('worklist.since')}
            value={query.data?.sinceRunId ?? null}
            options={runs.map(({ valuationRunId, asOf }) => ({ value: valuationRunId, label: f.date(asOf) }))}
            onChange={(value) => setSince(value ?? undefined)}
          />
        ) : undefined
      }
    >
      <QueryView
        query={query}
        skeleton={<SkeletonGrid rows={4} columns={7} />}
        empty={({ items }) => items.length === 0}
        emptyView={
          <EmptyState
            picture="chart"
            title={t('worklist.appraisalEmpty')}
            text={t('worklist.appraisalNone')}
          />
        }
      >
        {({ items }) => <AppraisalTable items={items} asked={asked} />}
      </QueryView>
    </Panel>
  );
}

function AppraisalTable({ items, asked }: Pick<Appraisal, 'items'> & { asked: AppraisalAsked }) {
  const t = useWords();
  const [openId, setOpenId] = useState<number | null>(null);
  return (
    <div className={list['scroll']}>
      <table className={`${list['table']} ${list['cards']}`} aria-label={t('worklist.appraisal')}>
        <thead>
          <tr>
            <th scope="col">{t('worklist.person')}</th>
            <th scope="col">{t('worklist.verdict')}</th>
            {figures.map((figure) => (
              <th key={figure} scope="col" data-align="end">
                {t(`worklist.${figure}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Person
              key={item.userId}
              item={item}
              asked={asked}
              isOpen={openId === item.userId}
              onOpen={() => setOpenId(openId === item.userId ? null : item.userId)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface PersonProps {
  item: Appraisal['items'][number];
  asked: AppraisalAsked;
  isOpen: boolean;
  onOpen: () => void;
}

function Person({ item, asked, isOpen, onOpen }: PersonProps) {
  const t = useWords();
  const f = useFormats();
  const money = (value: number) => f.valueShort(value);
  return (
    <>
      <tr>
        <td>
          <UnfoldButton isOpen={isOpen} onToggle={onOpen} title={t('worklist.groups')}>
            {item.name ?? '–'}
          </UnfoldButton>
        </td>
        <td
          data-name={t('worklist.verdict')}
          title={t('worklist.matched', { share: f.percent(item.matchedShare, 0) })}
        >
          <Tag tone={item.verdict === null ? 'neutral' : tones[item.verdict]}>
            {t(`worklist.verdict.${item.verdict ?? 'none'}`)}
          </Tag>
        </td>
        <td data-align="end" data-name={t('worklist.valueDifference')}>
          {money(item.clvDifference)}{' '}
          <span className={styles['soft']}>
            {f.moneyBetween(f.minorOf(item.clvDifferenceLow), f.minorOf(item.clvDifferenceHigh))}
          </span>
        </td>
        <td data-align="end" data-name={t('worklist.valueBefore')}>
          {money(item.clvBefore)}
        </td>
        <td data-align="end" data-name={t('worklist.valueNow')}>
          {money(item.clvNow)}
        </td>
        <td data-align="end" data-name={t('worklist.valueExpected')}>
          {money(item.clvExpected)}
        </td>
        <td data-align="end" data-name={t('worklist.heldCustomers')}>
          {f.count(item.customers)}
        </td>
        <td data-align="end" data-name={t('worklist.leftOut')}>
          {f.count(item.leftOut)}
        </td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={8} className={styles['groups']}>
            <AppraisalGroups asked={{ ...asked, groupsOf: item.userId }} />
          </td>
        </tr>
      ) : null}
    </>
  );
}
