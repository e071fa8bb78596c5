import type { CustomerDetail } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../../../lib/formats.js';
import { DateText, MoneyText } from '../../../../ui/figure-texts.js';
import { Metric, MetricRow } from '../../../../ui/metric.js';
import { groupQuery } from '../api/show-group.js';
import { useWords } from '../words.js';

/**
 * What the group below a customer is worth, before its own figures: a holding that orders little itself looks like nothing
 * without its subsidiaries. Absent where there are none, and where the sums cannot be had.
 */
export function GroupWorth({ customer }: { customer: CustomerDetail }) {
  const t = useWords();
  const f = useFormats();
  const isHead = customer.subsidiaries.length > 0;
  const query = useQuery({ ...groupQuery(customer.customerId), enabled: isHead });
  if (!isHead || query.isError) return null;
  const totals = query.data?.totals;
  const loading = totals === undefined;
  const clv = totals?.clv ?? null;
  return (
    <MetricRow>
      <Metric
        loading={loading}
        label={t('customers.groupValue')}
        value={clv === null ? '—' : <MoneyText minor={f.minorOf(clv)} sign />}
        to={`/customers/${customer.customerId}?tab=group`}
        intervalText={t('customers.groupValued', { count: f.count(totals?.valued ?? 0) })}
      />
      <Metric
        loading={loading}
        label={t('customers.groupSpendYear')}
        value={<MoneyText minor={totals?.spendYearMinor ?? 0} sign />}
      />
      <Metric
        loading={loading}
        label={t('customers.groupCustomers')}
        value={f.count(totals?.customers ?? 0)}
        to={`/customers/${customer.customerId}?tab=group`}
      />
      <Metric
        loading={loading}
        label={t('customers.groupLastOrder')}
        value={<DateText value={totals?.lastOrderOn ?? null} relative />}
      />
    </MetricRow>
  );
}
