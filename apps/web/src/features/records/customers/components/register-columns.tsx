import type { CustomerRow } from '@kezi/contract';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useFormats, type Formats } from '../../../../lib/formats.js';
import { useCan } from '../../../../lib/session.js';
import type { GridColumn } from '../../../../ui/data-grid/data-grid.js';
import { DateText, MoneyText } from '../../../../ui/figure-texts.js';
import { RiskDot } from '../../../../ui/risk-dot.js';
import { SegmentBadge } from '../../../../ui/segment-badge.js';
import { StageTag } from '../../../../ui/stage-tag.js';
import { TierBadge } from '../../../../ui/tier-badge.js';
import { Spark } from '../../../../ui/spark.js';
import { useWords } from '../words.js';
import { aliveText } from './alive-text.js';
import { NextOrder } from './next-order.js';
import { useProfileColumns } from './profile-columns.js';
import styles from './register.module.css';
import { ValueBar } from './value-bar.js';

type Words = ReturnType<typeof useWords>;
type Column = GridColumn<CustomerRow>;

export const gridId = 'customers';

/** What stands where a figure has not been made yet. */
function NotValued() {
  const t = useWords();
  return (
    <span className={styles['none']} title={t('customers.notValuedHint')}>
      {'—'}
    </span>
  );
}

function ValueCell({ row, max, t, f }: { row: CustomerRow; max: number; t: Words; f: Formats }) {
  if (row.clv === null) return <NotValued />;
  const low = row.clvLow ?? row.clv;
  const high = row.clvHigh ?? row.clv;
  const range = f.moneyBetween(f.minorOf(low), f.minorOf(high));
  return (
    <span
      className={styles['value']}
      title={t('customers.valueTitle', { value: f.money(f.minorOf(row.clv)), range })}
    >
      <span>{f.moneyShort(f.minorOf(row.clv))}</span>
      <ValueBar low={low} value={row.clv} high={high} max={max} label={range} />
    </span>
  );
}

const orDash = <T,>(value: T | null, show: (value: T) => ReactNode) =>
  value === null ? <NotValued /> : show(value);

const words = (
  id: 'ownerName' | 'teamName' | 'region' | 'industry',
  header: string,
  width: number,
): Column => ({
  id,
  header,
  width,
  title: (row) => row[id] ?? '',
  cell: (row) => row[id] ?? <span className={styles['none']}>{'–'}</span>,
});

/** Figures of the model: the value and how sure we are that the customer is still there. */
const valueColumns = (t: Words, f: Formats, max: number): Column[] => [
  {
    id: 'clv',
    header: t('customers.value'),
    unit: f.currency,
    width: 208,
    sort: { first: 'desc' },
    help: t('customers.valueHelp'),
    cell: (row) => <ValueCell row={row} max={max} t={t} f={f} />,
  },
  {
    id: 'pAlive',
    header: t('customers.alive'),
    width: f.language === 'zh-CN' ? 156 : 168,
    sort: { first: 'desc' },
    help: t('customers.aliveHelp'),
    cell: (row) =>
      orDash(row.pAlive, (pAlive) => (
        <span className={styles['alive']}>
          <span className={styles['percent']}>{aliveText(f, pAlive)}</span>
          <RiskDot pAlive={pAlive} showWord />
        </span>
      )),
  },
  {
    id: 'tier',
    header: t('customers.tier'),
    width: 116,
    sort: { first: 'asc' },
    help: t('customers.tierHelp'),
    cell: (row) =>
      row.tierName === null || row.tierBadge === null ? (
        <span className={styles['none']} title={t('customers.notGraded')}>
          {'—'}
        </span>
      ) : (
        <TierBadge badge={row.tierBadge} name={row.tierName} />
      ),
  },
  {
    id: 'stage',
    header: t('customers.stage'),
    width: 100,
    sort: { first: 'asc' },
    help: t('customers.stageHelp'),
    cell: (row) =>
      row.stage === null ? <span className={styles['none']}>{'—'}</span> : <StageTag stage={row.stage} />,
  },
  {
    id: 'rfmSegment',
    header: t('customers.segment'),
    width: f.language === 'zh-CN' ? 116 : 144,
    cell: (row) => orDash(row.rfmSegment, (segment) => <SegmentBadge segment={segment} />),
  },
];

/** What the customer did and will do. */
const orderColumns = (t: Words, f: Formats, today: string, stale: boolean): Column[] => [
  {
    id: 'nextOrderOn',
    header: t('customers.nextOrder'),
    width: 116,
    sort: true,
    help: t('customers.nextOrderHelp'),
    cell: (row) => orDash(row.nextOrderOn, (day) => <NextOrder day={day} today={today} stale={stale} />),
  },
  {
    id: 'lastOrderOn',
    header: t('customers.lastOrder'),
    width: 112,
    sort: { first: 'desc' },
    cell: (row) => <DateText value={row.lastOrderOn} />,
  },
  {
    id: 'monthlyAmountMinor',
    header: t('customers.months'),
    width: 116,
    help: t('customers.monthsHelp'),
    cell: (row) => {
      const months = row.monthlyAmountMinor ?? [];
      if (!months.some((amount) => amount > 0)) return <span className={styles['none']}>{'–'}</span>;
      const sum = months.reduce((total, amount) => total + amount, 0);
      return <Spark values={months} kind="bars" label={t('customers.monthsSum', { sum: f.money(sum) })} />;
    },
  },
  {
    id: 'orders',
    header: t('customers.orders'),
    width: 88,
    align: 'end',
    sort: true,
    cell: (row) => orDash(row.orders, (orders) => f.count(orders)),
  },
  {
    id: 'expectedOrders',
    header: t('customers.expectedOrders'),
    width: 116,
    align: 'end',
    sort: true,
    hidden: true,
    help: t('customers.expectedOrdersHelp'),
    cell: (row) => orDash(row.expectedOrders, (orders) => f.decimal(orders, 1)),
  },
  {
    id: 'monetaryValue',
    header: t('customers.orderValue'),
    unit: f.currency,
    width: 116,
    align: 'end',
    sort: true,
    hidden: true,
    help: t('customers.orderValueHelp'),
    cell: (row) => orDash(row.monetaryValue, (value) => <MoneyText minor={f.minorOf(value)} />),
  },
];

/** The register's columns. Ids are those of the API's row, so that an export can name them. */
export function useRegisterColumns(max: number, today: string, stale: boolean): Column[] {
  const t = useWords();
  const f = useFormats();
  const profile = useProfileColumns();
  const seesValue = useCan('overview:read');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('customers.name'),
        width: 240,
        frozen: true,
        sort: true,
        title: (row) => row.name,
        cell: (row) => <span className={styles['name']}>{row.name}</span>,
      },
      ...valueColumns(t, f, max).filter(({ id }) => seesValue || id !== 'clv'),
      ...orderColumns(t, f, today, stale),
      words('ownerName', t('customers.owner'), 104),
      words('region', t('customers.region'), 124),
      words('industry', t('customers.industry'), 112),
      { ...words('teamName', t('customers.team'), 112), hidden: true },
      ...profile,
      {
        id: 'customerNo',
        header: t('customers.number'),
        width: 132,
        hidden: true,
        title: (row) => row.customerNo,
        cell: (row) => <span className={styles['faint']}>{row.customerNo}</span>,
      },
    ],
    [t, f, max, today, stale, profile, seesValue],
  );
}
