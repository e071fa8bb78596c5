import type { Backtest } from '@kezi/contract';
import { useCallback } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';
import styles from './backtest-panel.module.css';

const measures = ['totalError', 'meanAbsoluteError', 'weightedMape', 'rankCorrelation'] as const;

/** The model and the naive rule on the part of the history that neither had seen. */
export function BacktestPanel({ backtest }: { backtest: Backtest }) {
  const t = useWords();
  const f = useFormats();
  const { calibration } = backtest;
  const option = useCallback(
    (k: ChartKit) => ({
      grid: { left: 8, right: 8, top: 36, bottom: 4, containLabel: true },
      legend: { top: 0, right: 0 },
      tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => f.decimal(Number(value), 2) },
      xAxis: {
        type: 'category',
        data: calibration.map((_, index) => t('valuation.decile', { n: index + 1 })),
      },
      yAxis: { type: 'value' },
      series: [
        {
          name: t('valuation.actual'),
          type: 'bar',
          itemStyle: { color: k.value(0.35) },
          data: calibration.map((tenth) => tenth.meanActual),
        },
        {
          name: t('valuation.predicted'),
          type: 'line',
          symbolSize: 7,
          itemStyle: { color: k.tokens.accent },
          data: calibration.map((tenth) => tenth.meanPredicted),
        },
      ],
    }),
    [calibration, f, t],
  );
  const figure = (measure: (typeof measures)[number], value: number | null) =>
    value === null
      ? '–'
      : measure === 'totalError' || measure === 'weightedMape'
        ? f.percent(value, 1)
        : f.decimal(value, 3);
  return (
    <Panel
      title={t('valuation.backtest')}
      hint={t('valuation.backtestHint', {
        from: f.date(backtest.calibrationEnd),
        to: f.date(backtest.holdoutEnd),
        actual: f.count(backtest.actualOrders),
        predicted: f.count(backtest.model.total),
        naive: f.count(backtest.naive.total),
      })}
    >
      <div className={styles['sides']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('valuation.measure')}</th>
              <th scope="col">{t('valuation.predicted')}</th>
              <th scope="col">{t('valuation.naive')}</th>
            </tr>
          </thead>
          <tbody>
            {measures.map((measure) => (
              <tr key={measure}>
                <td title={t(`valuation.measure.${measure}.help`)}>{t(`valuation.measure.${measure}`)}</td>
                <td>{figure(measure, backtest.model[measure])}</td>
                <td>{figure(measure, backtest.naive[measure])}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Chart
          label={t('valuation.calibration')}
          describe={t('valuation.calibrationText')}
          height={260}
          file="calibration"
          option={option}
          table={{
            columns: [
              { id: 'decile', label: t('valuation.group') },
              { id: 'customers', label: t('valuation.customers'), align: 'end' },
              { id: 'actual', label: t('valuation.actual'), align: 'end' },
              { id: 'predicted', label: t('valuation.predicted'), align: 'end' },
            ],
            rows: calibration.map((tenth, index) => [
              t('valuation.decile', { n: index + 1 }),
              Math.round(tenth.customers),
              f.decimal(tenth.meanActual, 2),
              f.decimal(tenth.meanPredicted, 2),
            ]),
          }}
        />
      </div>
    </Panel>
  );
}
