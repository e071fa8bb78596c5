import type { CustomerDetail, CustomerScore } from '@kezi/contract';
import { useFormats, type Formats } from '../../../../lib/formats.js';
import { leavesNobody } from '../../../../lib/leaves-nobody.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Metric, MetricRow } from '../../../../ui/metric.js';
import { Panel } from '../../../../ui/panel.js';
import { RiskDot } from '../../../../ui/risk-dot.js';
import { isStale } from '../rhythm-window.js';
import { useWords } from '../words.js';
import { aliveText } from './alive-text.js';
import { AliveScale } from './alive-scale.js';
import { NextOrder } from './next-order.js';
import { useToday } from '../../../../ui/use-today.js';
import styles from './value-metrics.module.css';

/** Worth, alive, next, so far: the four figures by which a customer is judged. */
export function ValueMetrics({ customer }: { customer: CustomerDetail }) {
  const t = useWords();
  const f = useFormats();
  const today = useToday();
  const canRun = useCan('valuation:run');
  const { score } = customer;
  if (score === null) {
    return (
      <Panel>
        <EmptyState
          picture="chart"
          title={t('customers.notValued')}
          text={t('customers.notValuedText')}
          {...(canRun ? { action: { label: t('customers.toRuns'), to: '/value/runs' } } : {})}
        />
      </Panel>
    );
  }
  const money = (major: number) => f.valueShort(major);
  const change = customer.previousClv === null ? null : score.clv - customer.previousClv;
  const stale = isStale(score.asOf, today);
  return (
    <div className={styles['metrics']}>
      <MetricRow>
        <Metric
          label={t('customers.value')}
          value={money(score.clv)}
          title={f.money(f.minorOf(score.clv))}
          {...intervalOf(score, t, f)}
          {...(change === null
            ? {}
            : {
                delta: {
                  value: isSame(change, score.clv) ? 0 : change,
                  text: money(Math.abs(change)),
                  note: t('customers.sinceLast'),
                },
              })}
        />
        <AliveMetric score={score} />
        <Metric
          label={t('customers.nextOrder')}
          value={
            score.nextOrderOn === null ? (
              '—'
            ) : (
              <NextOrder day={score.nextOrderOn} today={today} stale={stale} />
            )
          }
          intervalText={t('customers.expectedInYear', {
            orders: f.decimal(score.expectedOrders, 1),
            horizon: `${f.decimal(score.horizon, 0)} ${t(`customers.unit.${score.timeUnit}`)}`,
          })}
        />
        <Metric
          label={t('customers.ordersSoFar')}
          value={f.count(score.orders)}
          intervalText={t('customers.lastOn', {
            day: score.lastOrderOn === null ? '–' : f.date(score.lastOrderOn),
          })}
        />
      </MetricRow>
    </div>
  );
}

function AliveMetric({ score: { pAlive, modelName } }: { score: CustomerScore }) {
  const t = useWords();
  const f = useFormats();
  if (pAlive === null || leavesNobody(modelName)) {
    const why = t(pAlive === null ? 'customers.noModel' : 'customers.nobodyLeaves');
    return <Metric label={t('customers.alive')} value="—" intervalText={why} />;
  }
  return (
    <Metric
      label={t('customers.alive')}
      value={
        <span className={styles['alive']}>
          {aliveText(f, pAlive)}
          <span className={styles['scale']}>
            <AliveScale pAlive={pAlive} />
            <RiskDot pAlive={pAlive} showWord />
          </span>
        </span>
      }
    />
  );
}

/** How sure we are. Of a customer who has most likely left, the interval is nothing at all while the mean is a little. */
function intervalOf(
  { clvLow: low, clv: value, clvHigh: high }: CustomerScore,
  t: ReturnType<typeof useWords>,
  f: Formats,
) {
  if (high <= 0) return { intervalText: t('customers.nothingMore') };
  const range = f.moneyBetween(f.minorOf(low), f.minorOf(high));
  return {
    interval: { low, value, high: Math.max(high, value) },
    intervalText: t('customers.sure', { range }),
  };
}

/** A change that rounding makes is no change: less than half a percent. */
function isSame(change: number, value: number): boolean {
  return Math.abs(change) < Math.abs(value) * 0.005;
}
