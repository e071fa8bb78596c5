import type { CustomerDetail } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';
import styles from './group-panel.module.css';

/** Subsidiaries shown before the reader is sent to the register. */
const mostShown = 8;
/** The server names no more than so many. */
const mostSent = 200;

/** The group that the customer heads or belongs to. */
export function GroupPanel({ customer }: { customer: CustomerDetail }) {
  const t = useWords();
  const f = useFormats();
  const { subsidiaries, parentCustomerId, parentName } = customer;
  if (parentCustomerId === null && subsidiaries.length === 0) return null;
  return (
    <Panel
      title={t('customers.group')}
      {...(subsidiaries.length > 0
        ? {
            extra: (
              <AppLink to={`/customers?parentCustomerId=${customer.customerId}`}>
                {t('customers.groupInList')}
              </AppLink>
            ),
          }
        : {})}
    >
      {parentCustomerId === null ? null : (
        <p className={styles['line']}>
          <span className={styles['faint']}>{t('customers.belongsTo')}</span>
          <CustomerLink to={`/customers/${parentCustomerId}`}>
            {parentName ?? t('customers.hidden')}
          </CustomerLink>
        </p>
      )}
      {subsidiaries.length === 0 ? null : (
        <>
          <p className={styles['faint']}>
            {t('customers.subsidiaries', {
              count: subsidiaries.length >= mostSent ? `${mostSent}+` : subsidiaries.length,
            })}
          </p>
          <ul className={styles['list']}>
            {subsidiaries.slice(0, mostShown).map((one) => (
              <li key={one.customerId} className={styles['line']}>
                <CustomerLink to={`/customers/${one.customerId}`} className={styles['name'] ?? ''}>
                  {one.name}
                </CustomerLink>
                <span>{one.clv === null ? '—' : f.valueShort(one.clv)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
