import type { Overview } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { Panel } from '../../../../ui/panel.js';
import { RiskDot } from '../../../../ui/risk-dot.js';
import { Whisker } from '../../../../ui/whisker.js';
import { useWords } from '../words.js';
import styles from './top-customers-panel.module.css';

/** The ten customers worth most, each with its interval on one common scale. */
export function TopCustomersPanel({ data }: { data: Overview }) {
  const t = useWords();
  const f = useFormats();
  const max = Math.max(...data.top.map((customer) => customer.clvHigh));
  const money = (value: number) => f.moneyShort(f.minorOf(value, data.currency), data.currency);
  return (
    <Panel
      title={t('overview.top')}
      hint={t('overview.topHint', { currency: data.currency })}
      extra={<AppLink to="/customers">{t('overview.allCustomers')}</AppLink>}
      padding="none"
    >
      <ol className={styles['list']}>
        {data.top.map((customer) => (
          <li key={customer.customerId} className={styles['row']}>
            <CustomerLink to={`/customers/${customer.customerId}`} className={styles['name'] ?? ''}>
              {customer.name}
            </CustomerLink>
            {customer.pAlive === null ? <span /> : <RiskDot pAlive={customer.pAlive} />}
            <span className={styles['value']}>{money(customer.clv)}</span>
            <span className={styles['whisker']}>
              <Whisker
                low={customer.clvLow}
                value={customer.clv}
                high={customer.clvHigh}
                min={0}
                max={max}
                label={t('overview.between', { low: money(customer.clvLow), high: money(customer.clvHigh) })}
              />
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
