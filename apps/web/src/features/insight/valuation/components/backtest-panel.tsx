import type { Backtest } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';
import styles from './backtest-panel.module.css';
import { CalibrationChart } from './calibration-chart.js';

const measures = ['totalError', 'meanAbsoluteError', 'weightedMape', 'rankCorrelation'] as const;

/** The model and the naive rule on the part of the history that neither had seen: for cards that compare no others. */
export function BacktestPanel({ backtest }: { backtest: Backtest }) {
  const t = useWords();
  const f = useFormats();
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
        <CalibrationChart calibration={backtest.calibration} />
      </div>
    </Panel>
  );
}
