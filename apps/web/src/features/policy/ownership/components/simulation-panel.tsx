import type { RecycleRule, RuleSimulation } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { useCallback, useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { Metric } from '../../../../ui/metric.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonChart } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { simulationQuery, useSwitchRule } from '../api/rules.js';
import { useWords } from '../words.js';
import styles from './ownership.module.css';

const height = 220;

/** What the rule would do, seen before it is switched on: now, over the past year, and to whom. */
export default function SimulationPanel({ rule }: { rule: RecycleRule }) {
  const t = useWords();
  const query = useQuery(simulationQuery(rule));
  return (
    <Panel title={t('ownership.simulationOf', { name: rule.name })} hint={t('ownership.simulationHint')}>
      <QueryView query={query} skeleton={<SkeletonChart height={height} />}>
        {(simulation) => (
          <div className={styles['stack']}>
            <Figures simulation={simulation} />
            {rule.daysAfterContract === null ? <Months simulation={simulation} /> : null}
            <Owners simulation={simulation} />
            <Switch rule={rule} simulation={simulation} />
          </div>
        )}
      </QueryView>
    </Panel>
  );
}

function Figures({ simulation }: { simulation: RuleSimulation }) {
  const t = useWords();
  const f = useFormats();
  const money = (value: number) => f.valueShort(value);
  const { dueNow, looksAt, inYear, orderedLater } = simulation;
  return (
    <dl className={styles['metrics']}>
      <Metric
        label={t('ownership.dueNow')}
        value={t('ownership.ofAll', { count: f.count(dueNow), total: f.count(looksAt) })}
      />
      <Metric label={t('ownership.dueNowValue')} value={money(simulation.dueNowValue)} />
      <Metric label={t('ownership.inYear')} value={f.count(inYear)} />
      <Metric label={t('ownership.orderedLater')} value={f.count(orderedLater)} />
    </dl>
  );
}

function Months({ simulation }: { simulation: RuleSimulation }) {
  const t = useWords();
  const f = useFormats();
  const { months } = simulation;
  const option = useCallback(
    (k: ChartKit) => ({
      grid: { left: 4, right: 4, top: 12, bottom: 4, containLabel: true },
      tooltip: {
        trigger: 'axis',
        formatter: (marks: { dataIndex: number }[]) => {
          const month = months[marks[0]?.dataIndex ?? -1];
          if (month === undefined) return '';
          const value = f.valueShort(month.value);
          return `${f.month(month.month)}<br>${t('ownership.customersOf', { count: f.count(month.customers) })} · ${value}`;
        },
      },
      xAxis: { type: 'category', data: months.map((one) => one.month), axisLabel: { hideOverlap: true } },
      yAxis: { type: 'value', splitNumber: 3, minInterval: 1 },
      series: [
        {
          type: 'bar',
          barCategoryGap: '24%',
          data: months.map((one) => ({ value: one.customers, itemStyle: { color: k.risk(0.6) } })),
        },
      ],
    }),
    [months, f, t],
  );
  return (
    <Chart
      label={t('ownership.byMonth')}
      describe={t('ownership.byMonthHint')}
      height={height}
      file="recycle-simulation"
      option={option}
      table={{
        columns: [
          { id: 'month', label: t('ownership.month') },
          { id: 'customers', label: t('ownership.customers'), align: 'end' },
          { id: 'value', label: t('ownership.value'), align: 'end' },
        ],
        rows: months.map((one) => [f.month(one.month), one.customers, f.money(f.minorOf(one.value))]),
      }}
    />
  );
}

function Owners({ simulation }: { simulation: RuleSimulation }) {
  const t = useWords();
  const f = useFormats();
  if (simulation.owners.length === 0) return <p className={styles['faint']}>{t('ownership.takesNobody')}</p>;
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>{t('ownership.owner')}</th>
            <th>{t('ownership.owns')}</th>
            <th>{t('ownership.dueNow')}</th>
            <th>{t('ownership.inYear')}</th>
            <th>{t('ownership.value')}</th>
          </tr>
        </thead>
        <tbody>
          {simulation.owners.map((owner) => (
            <tr key={owner.ownerId}>
              <td>{owner.name ?? t('ownership.someoneElse')}</td>
              <td>{f.count(owner.owns)}</td>
              <td>{f.count(owner.dueNow)}</td>
              <td>{f.count(owner.inYear)}</td>
              <td>{f.valueShort(owner.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** On with a click; where it takes half or more, with the number typed. */
function Switch({ rule, simulation }: { rule: RecycleRule; simulation: RuleSimulation }) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const change = useSwitchRule();
  const [count, setCount] = useState<number | null>(null);
  if (rule.isOn) return null;
  const { needsCount, dueNow, looksAt } = simulation;
  const isTyped = !needsCount || count === dueNow;
  const submit = () =>
    change.mutate(count === null ? { rule } : { rule, count }, {
      onSuccess: () => toast.done(t('ownership.switchedOn', { name: rule.name, days: rule.warnDays })),
      onError: (error) => toast.failed(error),
    });
  return (
    <div className={styles['stack']}>
      {needsCount ? (
        <div className={styles['warning']} role="alert">
          <p>
            <strong>{t('ownership.takesMost', { count: f.count(dueNow), total: f.count(looksAt) })}</strong>
          </p>
          <div className={styles['line']}>
            <span>{t('ownership.typeCount', { count: dueNow })}</span>
            <InputNumber
              aria-label={t('ownership.typedCount')}
              precision={0}
              value={count}
              onChange={setCount}
            />
          </div>
        </div>
      ) : null}
      <div className={styles['actions']}>
        <Button type="primary" disabled={!isTyped} loading={change.isPending} onClick={submit}>
          {t('ownership.switchOn')}
        </Button>
        <span className={styles['faint']}>{t('ownership.warnFirst', { days: rule.warnDays })}</span>
      </div>
    </div>
  );
}
