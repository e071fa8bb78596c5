import type { CustomerDetail, CustomerRhythm } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonChart } from '../../../../ui/skeleton.js';
import { rhythmQuery } from '../api/show-customer.js';
import { gapsOf, isStale, readRhythm, windowOf } from '../rhythm-window.js';
import { useWords } from '../words.js';
import { rhythmOption } from './rhythm-option.js';
import { useToday } from '../../../../ui/use-today.js';
import styles from './rhythm-panel.module.css';

const height = 244;
/** Below this chance of being active a late order is no reason to hope; the last band of ui/risk-dot. */
const goneBelow = 0.2;

/** When the customer orders, how regularly, and when the next order is due. */
export function RhythmPanel({ customer }: { customer: CustomerDetail }) {
  const t = useWords();
  const query = useQuery(rhythmQuery(customer.customerId));
  return (
    <QueryView query={query} skeleton={<SkeletonChart height={height} />}>
      {(rhythm) =>
        rhythm.days.length === 0 ? (
          <Panel title={t('customers.rhythm')}>
            <EmptyState picture="chart" title={t('customers.noOrders')} text={t('customers.noOrdersText')} />
          </Panel>
        ) : (
          <Strip rhythm={rhythm} pAlive={customer.score?.pAlive ?? null} />
        )
      }
    </QueryView>
  );
}

function Strip({ rhythm, pAlive }: { rhythm: CustomerRhythm; pAlive: number | null }) {
  const t = useWords();
  const f = useFormats();
  const today = useToday();
  const on = isStale(rhythm.asOf, today) && rhythm.asOf !== null ? rhythm.asOf : today;
  const sentence = useRhythmSentence(rhythm, on, pAlive);
  const option = useCallback(
    (k: ChartKit) =>
      rhythmOption(k, rhythm, on, {
        window: t(rhythm.nextOrderTo === null ? 'customers.rhythm.wasDue' : 'customers.rhythm.window'),
        on: on === today ? t('customers.rhythm.today') : t('customers.rhythm.asOf'),
        gap: t('customers.rhythm.gapAxis'),
        days: (count) => t('customers.days', { count: f.count(count) }),
        since: (count) => t('customers.rhythm.since', { count: f.count(count) }),
        open: (count) => t('customers.rhythm.open', { count: f.count(count) }),
      }),
    [rhythm, on, today, t, f],
  );
  const gaps = new Map(gapsOf(rhythm.days).map((gap) => [gap.on, gap.days]));
  return (
    <Panel
      title={t('customers.rhythm')}
      hint={rhythm.asOf === null ? undefined : t('customers.asOfDay', { day: f.date(rhythm.asOf) })}
    >
      <p className={styles['sentence']}>{sentence}</p>
      <Chart
        label={t('customers.rhythm')}
        describe={sentence}
        height={height}
        file="order-rhythm"
        option={option}
        table={{
          columns: [
            { id: 'on', label: t('customers.day') },
            { id: 'amount', label: t('customers.amount', { currency: rhythm.currency }), align: 'end' },
            { id: 'gap', label: t('customers.rhythm.gap'), align: 'end' },
          ],
          rows: rhythm.days
            .toReversed()
            .map((day) => [
              f.date(day.on),
              f.money(day.amountMinor, rhythm.currency),
              gaps.get(day.on) ?? null,
            ]),
        }}
      />
    </Panel>
  );
}

/** The picture in words: the usual gap, the silence now, and what follows from them. */
function useRhythmSentence(rhythm: CustomerRhythm, on: string, pAlive: number | null): string {
  const t = useWords();
  const f = useFormats();
  const reading = readRhythm(rhythm, on);
  const window = windowOf(rhythm);
  const { gapDays } = rhythm;
  const isGone = reading.state === 'late' && pAlive !== null && pAlive < goneBelow;
  const whole = (days: number) => f.decimal(days, 0);
  const parts = [
    gapDays === null
      ? t('customers.rhythm.few')
      : t('customers.rhythm.usual', {
          median: whole(gapDays.median),
          low: whole(gapDays.low),
          high: whole(gapDays.high),
        }),
    reading.silentDays === null ? '' : t('customers.rhythm.silent', { count: f.count(reading.silentDays) }),
    window === null || reading.state === 'unknown'
      ? ''
      : t(`customers.rhythm.${isGone ? 'gone' : reading.state}`, {
          from: f.date(window.from),
          to: f.date(window.to),
          count: f.count(reading.lateDays),
        }),
  ];
  return parts.filter(Boolean).join(f.language === 'zh-CN' ? '' : ' ');
}
