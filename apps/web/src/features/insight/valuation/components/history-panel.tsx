import type { ValuationHistory } from '@kezi/contract';
import { useCallback } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';
import styles from './history-panel.module.css';
import { seasonOption } from './plot-options.js';
import { useDoubtWords } from './use-doubt-words.js';

/** What is odd about the history that the model learned from: season, drift, customers who were there before the data. */
export function HistoryPanel({ history }: { history: ValuationHistory }) {
  const t = useWords();
  const doubt = useDoubtWords(history);
  const { season, drift, truncation } = history;
  const seasonText = season.found
    ? doubt(season.correction === null ? 'season-found' : 'season-corrected')
    : t(season.found === null ? 'valuation.season.short' : 'valuation.season.none');
  const driftText = drift.found
    ? doubt(drift.correction === null ? 'drift-found' : 'drift-corrected')
    : t(drift.yearly === null ? 'valuation.drift.short' : 'valuation.drift.none');
  return (
    <Panel title={t('valuation.pastOddities')} hint={t('valuation.pastOdditiesHint')}>
      <dl className={styles['list']}>
        <dt>{t('valuation.season')}</dt>
        <dd>
          <p>{seasonText}</p>
          {season.factors.length === 12 ? <SeasonChart season={season} describe={seasonText} /> : null}
        </dd>
        <dt>{t('valuation.drift')}</dt>
        <dd>{driftText}</dd>
        <dt>{t('valuation.truncation')}</dt>
        <dd>{truncation.found ? doubt('left-truncated') : t('valuation.truncation.none')}</dd>
      </dl>
    </Panel>
  );
}

function SeasonChart({ season, describe }: Pick<ValuationHistory, 'season'> & { describe: string }) {
  const t = useWords();
  const f = useFormats();
  const { factors } = season;
  const option = useCallback(
    (k: ChartKit) =>
      seasonOption(
        k,
        factors,
        factors.map((_, index) => t('valuation.season.month', { n: index + 1 })),
      ),
    [factors, t],
  );
  return (
    <Chart
      label={t('valuation.season.chart')}
      describe={describe}
      height={180}
      file="season"
      option={option}
      table={{
        columns: [
          { id: 'month', label: t('valuation.season.months') },
          { id: 'factor', label: t('valuation.season.factor'), align: 'end' },
        ],
        rows: factors.map((factor, index) => [
          t('valuation.season.month', { n: index + 1 }),
          f.decimal(factor, 2),
        ]),
      }}
    />
  );
}
