import type { ValueChange } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { useEvents } from '../../../../lib/events.js';
import { useFormats } from '../../../../lib/formats.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { valueChangeQuery } from '../api/show-customer.js';
import { waterfallOf } from '../value-waterfall.js';
import { useWords } from '../words.js';
import { aliveText } from './alive-text.js';
import own from './change-panel.module.css';
import styles from './reasons-panel.module.css';
import { useChangeWords } from './use-change-words.js';

/** What changed since the last run: the value before and now, the steps between, and what the customer did meanwhile. */
export function ChangePanel({ customerId }: { customerId: number }) {
  const t = useWords();
  const f = useFormats();
  const query = useQuery(valueChangeQuery(customerId));
  useEvents(['score.published'], () => void query.refetch());
  if (query.data?.kind === 'not-valued') return null;
  const { before, now } = query.data ?? {};
  return (
    <Panel
      title={t('customers.change')}
      hint={
        before && now
          ? t('customers.change.days', { before: f.date(before.asOf), now: f.date(now.asOf) })
          : undefined
      }
    >
      <QueryView query={query} skeleton={<SkeletonLines n={4} />}>
        {(change) => <Change change={change} />}
      </QueryView>
    </Panel>
  );
}

function Change({ change }: { change: ValueChange }) {
  const words = useChangeWords(change);
  return (
    <>
      <p className={styles['lead']}>{words.lead}</p>
      {change.parts.some((part) => part.contributionMinor !== 0) ? <Waterfall change={change} /> : null}
      {words.notes.map((note) => (
        <p key={note} className={own['note']}>
          {note}
        </p>
      ))}
    </>
  );
}

function Waterfall({ change: { before, now, parts, currency } }: { change: ValueChange }) {
  const t = useWords();
  const f = useFormats();
  if (!before || !now) return null;
  const beforeMinor = Math.round(f.minorOf(before.clv, currency));
  const nowMinor = Math.round(f.minorOf(now.clv, currency));
  const picture = waterfallOf(beforeMinor, parts);
  const figure = (factor: ValueChange['parts'][number]['factor'], x: number) => {
    if (factor === 'survival') return aliveText(f, x);
    if (factor === 'kept') return f.percent(x, 0);
    return factor === 'spend' ? f.valueShort(x, currency) : f.decimal(x, 1);
  };
  const bar = { zero: picture.zero, currency };
  return (
    <ul className={styles['list']}>
      <Bar
        {...bar}
        {...picture.before}
        kind="whole"
        label={t('customers.change.before')}
        minor={beforeMinor}
      />
      {parts.map((part, index) => (
        <Bar
          key={part.factor}
          {...bar}
          from={picture.parts[index]?.from ?? 0}
          to={picture.parts[index]?.to ?? 0}
          kind={part.contributionMinor < 0 ? 'down' : 'up'}
          label={t(part.factor === 'orders' ? 'customers.change.orders' : `customers.why.${part.factor}`)}
          note={t('customers.change.fromTo', {
            before: figure(part.factor, part.before),
            now: figure(part.factor, part.now),
          })}
          minor={part.contributionMinor}
        />
      ))}
      <Bar {...bar} {...picture.now} kind="whole" label={t('customers.change.now')} minor={nowMinor} />
    </ul>
  );
}

interface BarProps {
  kind: 'whole' | 'up' | 'down';
  label: string;
  note?: string;
  minor: number;
  currency: string;
  zero: number;
  from: number;
  to: number;
}

/** A change of nothing keeps a hair's breadth, so that its place is seen. */
const leastWidth = 0.5;

function Bar({ kind, label, note, minor, currency, zero, from, to }: BarProps) {
  const f = useFormats();
  const amount = kind === 'whole' ? minor : Math.abs(minor);
  const text = f.moneyShort(amount, currency, { sign: true });
  // What rounds to nothing has no sign.
  const isNothing = text === f.moneyShort(0, currency, { sign: true });
  const sign = kind === 'whole' || isNothing ? '' : kind === 'up' ? '+' : '\u2212';
  const left = Math.min(from, to, 100 - leastWidth);
  return (
    <li className={styles['reason']}>
      <span className={styles['words']}>
        <span className={kind === 'whole' ? own['wholeWords'] : undefined}>{label}</span>
        {note === undefined ? null : <span className={styles['faint']}>{note}</span>}
      </span>
      <span className={styles['track']} aria-hidden="true">
        <span
          className={kind === 'whole' ? own['whole'] : styles[kind]}
          style={{ left: `${left}%`, width: `${Math.max(Math.abs(to - from), leastWidth)}%` }}
        />
        <span className={styles['zero']} style={{ left: `${zero}%` }} />
      </span>
      <span className={styles['amount']} title={`${sign}${f.money(amount, currency)}`}>
        {`${sign}${text}`}
      </span>
    </li>
  );
}
