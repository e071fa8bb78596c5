import type { ValuationTotals } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { Metric, MetricRow } from '../../../../ui/metric.js';
import { useWords } from '../words.js';

export function RunTotals({ totals }: { totals: ValuationTotals }) {
  const t = useWords();
  const f = useFormats();
  return (
    <MetricRow>
      <Metric
        label={t('valuation.total')}
        value={f.valueShort(totals.clv)}
        title={f.money(f.minorOf(totals.clv))}
        interval={{ low: totals.clvLow, value: totals.clv, high: totals.clvHigh }}
        intervalText={f.moneyBetween(f.minorOf(totals.clvLow), f.minorOf(totals.clvHigh))}
      />
      <Metric label={t('valuation.valuedCustomers')} value={f.count(totals.customers)} to="/customers" />
      <Metric label={t('valuation.expectedOrders')} value={f.count(totals.expectedOrders)} />
      <Metric
        label={t('valuation.expectedSpend')}
        value={f.valueShort(totals.expectedSpend)}
        title={f.money(f.minorOf(totals.expectedSpend))}
      />
    </MetricRow>
  );
}
