import { lifecycleStages, type LifecycleOverview, type StageRules } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { DataBar } from '../../../../ui/data-bar.js';
import list from '../../../../ui/list-table.module.css';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';

interface StageTableProps {
  data: LifecycleOverview;
  rules: StageRules;
  /** Of whose members alone the table tells. */
  segmentId: number | undefined;
}

/** How many stand where, what they are worth, and how long they usually stay. */
export function StageTable({ data, rules, segmentId }: StageTableProps) {
  const t = useWords();
  const f = useFormats();
  const times = (count: number) => f.decimal(count, Number.isInteger(count) ? 0 : 1);
  const said = {
    graceDays: f.count(rules.graceDays),
    firstPatienceDays: f.count(rules.firstPatienceDays),
    dormantTimes: times(rules.dormantTimes),
    lostTimes: times(rules.lostTimes),
    lowChance: f.percent(rules.lowChance, 0),
    newDays: f.count(rules.newDays),
    newOrders: f.count(rules.newOrders),
    backDays: f.count(rules.backDays),
    rise: f.percent(rules.rise, 0),
  };
  const byStage = new Map(data.stages.map((one) => [one.stage, one]));
  const most = Math.max(...data.stages.map(({ customers }) => customers), 1);
  return (
    <Panel title={t('lifecycle.now')} hint={t('lifecycle.nowHint')} padding="none">
      <div className={list['scroll']}>
        <table className={`${list['table']} ${list['cards']}`} aria-label={t('lifecycle.now')}>
          <thead>
            <tr>
              <th scope="col">{t('lifecycle.stage')}</th>
              <th scope="col" data-align="end">
                {t('lifecycle.customers')}
              </th>
              <th scope="col" data-align="end">
                {t('lifecycle.value')}
              </th>
              <th scope="col" data-align="end">
                {t('lifecycle.medianDays')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lifecycleStages.map((stage) => {
              const one = byStage.get(stage);
              const to = `/customers?stage=${stage}${segmentId === undefined ? '' : `&segmentId=${segmentId}`}`;
              const door = <AppLink to={to}>{f.count(one?.customers ?? 0)}</AppLink>;
              return (
                <tr key={stage}>
                  <td title={t(`lifecycle.about.${stage}`, said)}>{t(`lifecycle.stage.${stage}`)}</td>
                  <td data-align="end" data-name={t('lifecycle.customers')}>
                    <DataBar value={one?.customers ?? 0} max={most} tone="neutral">
                      {door}
                    </DataBar>
                  </td>
                  <td data-align="end" data-name={t('lifecycle.value')}>
                    {f.valueShort(one?.clv ?? 0)}
                  </td>
                  <td data-align="end" data-name={t('lifecycle.medianDays')}>
                    {one?.medianDays === null || one === undefined
                      ? '–'
                      : t('lifecycle.days', { days: f.decimal(one.medianDays, 0) })}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
