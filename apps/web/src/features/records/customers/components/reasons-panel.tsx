import type { CustomerDetail, ValueReason } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';
import styles from './reasons-panel.module.css';

/** The factor that moves the value most, and which way. */
export function mainReason(reasons: readonly ValueReason[]): ValueReason | null {
  return reasons.reduce<ValueReason | null>(
    (most, one) => (most === null || Math.abs(one.contribution) > Math.abs(most.contribution) ? one : most),
    null,
  );
}

/** Why this value: what each factor adds or takes against the middle customer, in words and as bars from one line. */
export function ReasonsPanel({ customer }: { customer: CustomerDetail }) {
  const t = useWords();
  const f = useFormats();
  const { score } = customer;
  if (score === null || score.reasons.length === 0) return null;
  const money = (major: number) => f.moneyShort(f.minorOf(major), undefined, { sign: true });
  const difference = score.reasons.reduce((sum, reason) => sum + reason.contribution, 0);
  const longest = Math.max(...score.reasons.map((reason) => Math.abs(reason.contribution)));
  const main = mainReason(score.reasons);
  const lead = t(difference >= 0 ? 'customers.why.more' : 'customers.why.less', {
    middle: money(score.clv - difference),
    difference: money(Math.abs(difference)),
    reason: main ? t(`customers.why.${main.factor}.${main.contribution >= 0 ? 'up' : 'down'}`) : '',
  });
  return (
    <Panel title={t('customers.why')} hint={t('customers.asOfDay', { day: f.date(score.asOf) })}>
      <p className={styles['lead']}>{lead}</p>
      <ul className={styles['list']}>
        {score.reasons.map((reason) => (
          <Reason key={reason.factor} reason={reason} longest={longest} money={money} />
        ))}
      </ul>
    </Panel>
  );
}

interface ReasonProps {
  reason: ValueReason;
  longest: number;
  money: (major: number) => string;
}

function Reason({ reason, longest, money }: ReasonProps) {
  const t = useWords();
  const f = useFormats();
  const { factor, value, reference, contribution } = reason;
  const figure = (x: number) => {
    if (factor === 'survival') return f.percent(x, 0);
    return factor === 'orderRate' ? f.decimal(x, 1) : money(x);
  };
  const up = contribution >= 0;
  const share = longest > 0 ? (Math.abs(contribution) / longest) * 50 : 0;
  return (
    <li className={styles['reason']}>
      <span className={styles['words']}>
        <span>{t(`customers.why.${factor}`)}</span>
        <span className={styles['faint']}>
          {t('customers.why.against', { value: figure(value), reference: figure(reference) })}
        </span>
      </span>
      <span className={styles['track']} aria-hidden="true">
        <span
          className={up ? styles['up'] : styles['down']}
          style={{ left: up ? '50%' : `${50 - share}%`, width: `${Math.max(share, 0.5)}%` }}
        />
      </span>
      <span className={styles['amount']}>{`${up ? '+' : '\u2212'}${money(Math.abs(contribution))}`}</span>
    </li>
  );
}
