import type { Backtest, ModelCandidate, ValuationPlots } from '@kezi/contract';
import { Select } from 'antd';
import { useCallback, useState, type ReactNode } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useAnyWord } from '../../../../lib/words.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { Panel } from '../../../../ui/panel.js';
import { inOrder } from '../candidate-table.js';
import { useWords } from '../words.js';
import { CalibrationChart } from './calibration-chart.js';
import { aliveOption, frequencyOption, trackingOption } from './plot-options.js';
import styles from './plots-panel.module.css';

interface PlotsPanelProps {
  plots: ValuationPlots;
  backtest: Backtest;
  candidates: readonly ModelCandidate[];
}

const height = 260;

/** Is the model right? Four pictures of what it foretold beside what came, each with a sentence that says how to read it. */
export function PlotsPanel({ plots, backtest, candidates }: PlotsPanelProps) {
  const t = useWords();
  return (
    <Panel title={t('valuation.plots')} hint={t('valuation.plotsHint')}>
      <div className={styles['plots']}>
        {plots.tracking.length > 0 ? <Tracking plots={plots} backtest={backtest} /> : null}
        <Calibration backtest={backtest} candidates={candidates} />
        {plots.frequency.length > 0 ? <Frequency frequency={plots.frequency} /> : null}
        {plots.alive.length > 0 ? <Alive alive={plots.alive} aliveGroupedBy={plots.aliveGroupedBy} /> : null}
      </div>
    </Panel>
  );
}

function Plot({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className={styles['plot']}>
      <h3 className={styles['title']}>{title}</h3>
      <p className={styles['text']}>{text}</p>
      {children}
    </section>
  );
}

/** Of the model in use, or of any other that was compared with it. */
function Calibration({ backtest, candidates }: Omit<PlotsPanelProps, 'plots'>) {
  const t = useWords();
  const word = useAnyWord();
  const [chosen, choose] = useState<string>();
  const drawn = inOrder(candidates).filter(({ holdout }) => (holdout?.calibration.length ?? 0) > 0);
  const shown = drawn.find(({ name }) => name === chosen) ?? drawn.find(({ inUse }) => inUse);
  return (
    <Plot title={t('valuation.calibration')} text={t('valuation.calibrationText')}>
      {drawn.length > 1 ? (
        <Select
          aria-label={t('valuation.calibrationOf')}
          className={styles['choice'] ?? ''}
          size="small"
          value={shown?.name ?? null}
          onChange={choose}
          options={drawn.map(({ name, inUse }) => ({
            value: name,
            label: inUse
              ? t('valuation.calibrationInUse', { model: word(`model.${name}`) })
              : word(`model.${name}`),
          }))}
        />
      ) : null}
      <CalibrationChart calibration={shown?.holdout?.calibration ?? backtest.calibration} />
    </Plot>
  );
}

function Tracking({ plots: { tracking }, backtest }: Omit<PlotsPanelProps, 'candidates'>) {
  const t = useWords();
  const f = useFormats();
  const { calibrationEnd } = backtest;
  const option = useCallback(
    (k: ChartKit) =>
      trackingOption(k, tracking, calibrationEnd, {
        actual: t('valuation.actual'),
        predicted: t('valuation.predicted'),
        split: t('valuation.tracking.split'),
      }),
    [tracking, calibrationEnd, t],
  );
  const last = tracking.at(-1);
  const gap = last && last.actual > 0 ? last.predicted / last.actual - 1 : 0;
  const text = t(gap >= 0 ? 'valuation.tracking.more' : 'valuation.tracking.less', {
    day: f.date(last?.endsOn ?? calibrationEnd),
    actual: f.count(last?.actual ?? 0),
    predicted: f.count(last?.predicted ?? 0),
    share: f.percent(Math.abs(gap), 0),
  });
  return (
    <Plot title={t('valuation.tracking')} text={text}>
      <Chart
        label={t('valuation.tracking')}
        describe={text}
        height={height}
        file="tracking"
        option={option}
        table={{
          columns: [
            { id: 'day', label: t('valuation.tracking.day') },
            { id: 'actual', label: t('valuation.actual'), align: 'end' },
            { id: 'predicted', label: t('valuation.predicted'), align: 'end' },
          ],
          rows: tracking.map((point) => [
            f.date(point.endsOn),
            Math.round(point.actual),
            Math.round(point.predicted),
          ]),
        }}
      />
    </Plot>
  );
}

function Frequency({ frequency }: Pick<ValuationPlots, 'frequency'>) {
  const t = useWords();
  const f = useFormats();
  const names = useCallback(
    (index: number) => {
      const orders = f.count(frequency[index]?.orders ?? 0);
      return index === frequency.length - 1 ? t('valuation.frequency.orMore', { orders }) : orders;
    },
    [frequency, f, t],
  );
  const option = useCallback(
    (k: ChartKit) =>
      frequencyOption(k, frequency, {
        actual: t('valuation.actual'),
        predicted: t('valuation.predicted'),
        orders: names,
        axis: t('valuation.frequency.orders'),
      }),
    [frequency, names, t],
  );
  return (
    <Plot title={t('valuation.frequency')} text={t('valuation.frequency.text')}>
      <Chart
        label={t('valuation.frequency')}
        describe={t('valuation.frequency.text')}
        height={height}
        file="frequency"
        option={option}
        table={{
          columns: [
            { id: 'orders', label: t('valuation.frequency.orders') },
            { id: 'actual', label: t('valuation.frequency.actual'), align: 'end' },
            { id: 'predicted', label: t('valuation.frequency.predicted'), align: 'end' },
          ],
          rows: frequency.map((each, index) => [
            names(index),
            Math.round(each.actual),
            f.decimal(each.predicted, 1),
          ]),
        }}
      />
    </Plot>
  );
}

function Alive({ alive, aliveGroupedBy = 'alive' }: Pick<ValuationPlots, 'alive' | 'aliveGroupedBy'>) {
  const t = useWords();
  const f = useFormats();
  const range = useCallback(
    (index: number) => {
      const group = alive[index];
      return group ? `${f.percent(group.low, 0)} – ${f.percent(group.high, 0)}` : '';
    },
    [alive, f],
  );
  const option = useCallback(
    (k: ChartKit) =>
      aliveOption(k, alive, {
        predicted: t('valuation.reliability.predicted'),
        actual: t('valuation.reliability.actual'),
        describe: (index) =>
          t(`valuation.reliability.group.${aliveGroupedBy}`, {
            range: range(index),
            customers: f.count(alive[index]?.customers ?? 0),
            predicted: f.percent(alive[index]?.predicted ?? 0, 0),
            actual: f.percent(alive[index]?.actual ?? 0, 0),
          }),
      }),
    [alive, aliveGroupedBy, f, range, t],
  );
  const text = t(`valuation.reliability.text.${aliveGroupedBy}`);
  return (
    <Plot title={t('valuation.reliability')} text={text}>
      <Chart
        label={t('valuation.reliability')}
        describe={text}
        height={height}
        file="p-alive"
        option={option}
        table={{
          columns: [
            { id: 'alive', label: t(`valuation.reliability.by.${aliveGroupedBy}`) },
            { id: 'customers', label: t('valuation.customers'), align: 'end' },
            { id: 'predicted', label: t('valuation.reliability.predicted'), align: 'end' },
            { id: 'actual', label: t('valuation.reliability.actual'), align: 'end' },
          ],
          rows: alive.map((group, index) => [
            range(index),
            Math.round(group.customers),
            f.percent(group.predicted, 1),
            f.percent(group.actual, 1),
          ]),
        }}
      />
    </Plot>
  );
}
