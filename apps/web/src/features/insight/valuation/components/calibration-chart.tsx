import type { Backtest } from '@kezi/contract';
import { useCallback } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { useWords } from '../words.js';
import { calibrationOption } from './plot-options.js';

/** Customers in ten groups by what was foretold of them. */
export function CalibrationChart({ calibration }: Pick<Backtest, 'calibration'>) {
  const t = useWords();
  const f = useFormats();
  const option = useCallback(
    (k: ChartKit) =>
      calibrationOption(k, calibration, {
        actual: t('valuation.actual'),
        predicted: t('valuation.predicted'),
        tenth: (n) => t('valuation.decile', { n }),
      }),
    [calibration, t],
  );
  return (
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
  );
}
