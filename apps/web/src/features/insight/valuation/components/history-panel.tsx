import type { ValuationHistory } from '@kezi/contract';
import { useCallback, useMemo } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';
import styles from './history-panel.module.css';
import { swingOption } from './plot-options.js';
import { useDoubtWords } from './use-doubt-words.js';

/** What is odd about the history that the model learned from: season, drift, customers who were there before the data. */
export function HistoryPanel({ history }: { history: ValuationHistory }) {
  const t = useWords();
  const doubt = useDoubtWords(history);
  const { season, week, drift, truncation } = history;
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
          {season.factors.length === 12 ? (
            <SwingChart kind="season" factors={season.factors} describe={seasonText} />
          ) : null}
        </dd>
        {week ? <Week week={week} corrected={doubt('week-corrected')} /> : null}
        <dt>{t('valuation.drift')}</dt>
        <dd>{driftText}</dd>
        <dt>{t('valuation.truncation')}</dt>
        <dd>{truncation.found ? doubt('left-truncated') : t('valuation.truncation.none')}</dd>
      </dl>
    </Panel>
  );
}

/** The rhythm of the week, drawn only where there is one. */
function Week({ week, corrected }: { week: NonNullable<ValuationHistory['week']>; corrected: string }) {
  const t = useWords();
  const f = useFormats();
  const found = t('valuation.week.found', { strength: f.percent(week.strength ?? 0, 0) });
  const text = week.found ? found : t(week.found === null ? 'valuation.week.short' : 'valuation.week.none');
  return (
    <>
      <dt>{t('valuation.week')}</dt>
      <dd>
        <p>{week.correction === null ? text : corrected}</p>
        {week.found ? <SwingChart kind="week" factors={week.factors} describe={text} /> : null}
      </dd>
    </>
  );
}

interface SwingChartProps {
  kind: 'season' | 'week';
  factors: readonly number[];
  describe: string;
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function SwingChart({ kind, factors, describe }: SwingChartProps) {
  const t = useWords();
  const f = useFormats();
  const parts = useMemo(
    () =>
      kind === 'week'
        ? weekdays.map((day) => t(`valuation.week.${day}`))
        : factors.map((_, index) => t('valuation.season.month', { n: index + 1 })),
    [kind, factors, t],
  );
  const option = useCallback((k: ChartKit) => swingOption(k, factors, parts), [factors, parts]);
  return (
    <Chart
      label={t(`valuation.${kind}.chart`)}
      describe={describe}
      height={180}
      file={kind}
      option={option}
      table={{
        columns: [
          { id: 'part', label: t(`valuation.${kind}.parts`) },
          { id: 'factor', label: t(`valuation.${kind}.factor`), align: 'end' },
        ],
        rows: factors.map((factor, index) => [parts[index] ?? '', f.decimal(factor, 2)]),
      }}
    />
  );
}
