import type { CustomerDetail, ValueReason } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { leavesNobody } from '../../../../lib/leaves-nobody.js';
import { KeyValues } from '../../../../ui/key-values.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';
import { aliveText } from './alive-text.js';
import styles from './reasons-panel.module.css';

/** The factor that moves the value most, and which way. */
function mainReason(reasons: readonly ValueReason[]): ValueReason | null {
  return reasons.reduce<ValueReason | null>(
    (most, one) => (most === null || Math.abs(one.contribution) > Math.abs(most.contribution) ? one : most),
    null,
  );
}

interface Scale {
  /** Where nothing is added or taken, in percent of the width. */
  zero: number;
  percentEach: number;
}

/** One scale for all bars; the line that they start from stands where the longest to either side leave it. */
function scaleOf(reasons: readonly ValueReason[]): Scale {
  const contributions = reasons.map((reason) => reason.contribution);
  const most = Math.max(...contributions, 0);
  const least = Math.min(...contributions, 0);
  const percentEach = most > least ? 100 / (most - least) : 0;
  return { zero: -least * percentEach, percentEach };
}

/** Why this value: what each factor adds or takes against the middle customer, in words and as bars from one line. */
export function ReasonsPanel({ customer }: { customer: CustomerDetail }) {
  const t = useWords();
  const f = useFormats();
  const { score } = customer;
  if (score === null) return null;
  const reasons = score.reasons.filter(
    ({ factor }) => factor !== 'survival' || !leavesNobody(score.modelName),
  );
  if (reasons.length === 0)
    return score.deducted ? (
      <Panel title={t('customers.why')}>
        <Deducted deducted={score.deducted} />
      </Panel>
    ) : null;
  const money = (major: number) => f.valueShort(major);
  const difference = reasons.reduce((sum, reason) => sum + reason.contribution, 0);
  const scale = scaleOf(reasons);
  const main = mainReason(reasons);
  const lead = t(difference >= 0 ? 'customers.why.more' : 'customers.why.less', {
    middle: money(score.clv - difference),
    difference: money(Math.abs(difference)),
    reason: main ? t(`customers.why.${main.factor}.${main.contribution >= 0 ? 'up' : 'down'}`) : '',
  });
  return (
    <Panel title={t('customers.why')} hint={t('customers.asOfDay', { day: f.date(score.asOf) })}>
      <p className={styles['lead']}>{lead}</p>
      <ul className={styles['list']}>
        {reasons.map((reason) => (
          <Reason key={reason.factor} reason={reason} scale={scale} money={money} />
        ))}
      </ul>
      {score.deducted ? <Deducted deducted={score.deducted} /> : null}
    </Panel>
  );
}

/** What orders bring, what is taken from it, and what is left: adds up to the last unit. */
function Deducted({ deducted }: { deducted: NonNullable<NonNullable<CustomerDetail['score']>['deducted']> }) {
  const t = useWords();
  const f = useFormats();
  const { grossMinor, costToServeMinor, creditLossMinor, clvMinor, ownLossShare } = deducted;
  return (
    <KeyValues
      items={[
        { label: t('customers.why.gross'), value: f.money(grossMinor) },
        { label: t('customers.why.serve'), value: f.money(-costToServeMinor) },
        {
          label:
            ownLossShare === null
              ? t('customers.why.loss')
              : t('customers.why.ownLoss', { share: f.percent(ownLossShare, 1) }),
          value: f.money(-creditLossMinor),
        },
        { label: t('customers.why.net'), value: f.money(clvMinor) },
      ]}
    />
  );
}

interface ReasonProps {
  reason: ValueReason;
  scale: Scale;
  money: (major: number) => string;
}

function Reason({ reason, scale, money }: ReasonProps) {
  const t = useWords();
  const f = useFormats();
  const { factor, value, reference, contribution } = reason;
  const figure = (x: number) => {
    if (factor === 'survival') return aliveText(f, x);
    if (factor === 'kept') return f.percent(x, 0);
    return factor === 'orderRate' ? f.decimal(x, 1) : money(x);
  };
  const up = contribution >= 0;
  const amount = money(Math.abs(contribution));
  // What rounds to nothing has no sign.
  const sign = amount === money(0) ? '' : up ? '+' : '\u2212';
  const width = Math.max(Math.abs(contribution) * scale.percentEach, 0.5);
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
          style={{ left: `${up ? scale.zero : scale.zero - width}%`, width: `${width}%` }}
        />
        <span className={styles['zero']} style={{ left: `${scale.zero}%` }} />
      </span>
      <span className={styles['amount']}>{`${sign}${amount}`}</span>
    </li>
  );
}
