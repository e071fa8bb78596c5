import type { Overview } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { leavesNobody } from '../../../../lib/leaves-nobody.js';
import { Metric, MetricRow } from '../../../../ui/metric.js';
import { useWords } from '../words.js';

/** The four figures of the first glance; each leads to its customers. */
export function AssetTotal({ data }: { data: Overview }) {
  const t = useWords();
  const f = useFormats();
  if (data.total === null) return null;
  const horizon = data.run?.horizon;
  const { clv, clvLow, clvHigh, expectedOrders } = data.total;
  const money = (value: number) =>
    f.moneyShort(f.minorOf(value, data.currency), data.currency, { sign: true });
  const change = data.previous === null ? null : clv - data.previous.clv;
  return (
    <MetricRow>
      <Metric
        label={t('overview.total')}
        value={money(clv)}
        title={f.money(f.minorOf(clv, data.currency), data.currency)}
        interval={{ low: clvLow, value: clv, high: clvHigh }}
        intervalText={f.moneyBetween(
          f.minorOf(clvLow, data.currency),
          f.minorOf(clvHigh, data.currency),
          data.currency,
        )}
        to="/customers"
        {...(change === null || data.previous === null
          ? {}
          : {
              delta: {
                value: change,
                text: money(Math.abs(change)),
                note: t('overview.since', { date: f.date(data.previous.asOf) }),
              },
            })}
      />
      <Metric
        label={t('overview.customers')}
        value={f.count(data.customers)}
        to="/customers"
        intervalText={[
          data.total.customers === data.customers
            ? undefined
            : t('overview.valued', { count: f.count(data.total.customers) }),
          leavesNobody(data.run?.modelName ?? '')
            ? t('overview.nobodyLeaves')
            : t('overview.alive', { count: f.count(aliveOf(data)) }),
        ]
          .filter(Boolean)
          .join(t('overview.comma'))}
      />
      <Metric
        label={t('overview.expectedOrders')}
        value={f.count(expectedOrders)}
        {...(horizon
          ? {
              intervalText: t('overview.horizon', {
                span: t(`overview.span.${horizon.unit}`, { count: horizon.length }),
              }),
            }
          : {})}
      />
      <Metric
        label={t('overview.topShare')}
        value={f.percent(data.concentration.topTenPercentShare, 0)}
        intervalText={t('overview.gini', { gini: f.decimal(data.concentration.gini, 2) })}
      />
    </MetricRow>
  );
}

/** Expected number of customers who are still alive. */
function aliveOf(data: Overview): number {
  return data.byCohort.reduce((sum, cohort) => sum + cohort.active, 0);
}
