import type { CustomerDetail } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { useEvents } from '../../../../lib/events.js';
import { useFormats } from '../../../../lib/formats.js';
import { isCustomerPart, type CustomerPartName, type CustomerTab } from '../../../../lib/feature.js';
import { useCan } from '../../../../lib/session.js';
import { useAnyWord } from '../../../../lib/words.js';
import { customerPart } from '../../../../ui/customer-parts.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { customerQuery } from '../api/show-customer.js';
import { useWords } from '../words.js';
import { ChangePanel } from './change-panel.js';
import { CustomerActs } from './customer-acts.js';
import { CustomerFacts } from './customer-facts.js';
import { CustomerMarks } from './customer-marks.js';
import { CustomerSkeleton } from './customer-skeleton.js';
import { CustomerTabs, tabId } from './customer-tabs.js';
import styles from './customer-view.module.css';
import { GroupPanel } from './group-panel.js';
import { GroupWorth } from './group-worth.js';
import { ProfilePanel } from './profile-panel.js';
import { MonthsPanel } from './months-panel.js';
import { OrdersPanel } from './orders-panel.js';
import { ProductsPanel } from './products-panel.js';
import { ReasonsPanel } from './reasons-panel.js';
import { RhythmPanel } from './rhythm-panel.js';
import { ValueMetrics } from './value-metrics.js';

interface CustomerViewProps {
  customerId: number;
  tab: CustomerTab;
  onTab: (tab: CustomerTab) => void;
}

/** Everything about a customer; as a page or in the side panel, by the room there is. */
export default function CustomerView({ customerId, tab, onTab }: CustomerViewProps) {
  const query = useQuery(customerQuery(customerId));
  useEvents(['score.published', 'import.finished', 'lifecycle.changed'], () => void query.refetch());
  return (
    <div className={styles['view']}>
      {query.data === undefined ? null : (
        <div className={styles['head']}>
          <CustomerMarks customer={query.data} />
          <CustomerActs customerId={query.data.customerId} key={query.data.customerId} />
        </div>
      )}
      {query.isError && query.data === undefined ? null : <CustomerTabs tab={tab} onTab={onTab} />}
      <QueryView query={query} skeleton={<CustomerSkeleton />}>
        {(customer) => (
          <div role="tabpanel" id={`customer-${tab}`} aria-labelledby={tabId(tab)}>
            <TabBody customer={customer} tab={tab} key={customerId} />
          </div>
        )}
      </QueryView>
    </div>
  );
}

function TabBody({ customer, tab }: { customer: CustomerDetail; tab: CustomerTab }) {
  const canSeeOrders = useCan('orders:read');
  if (isCustomerPart(tab)) return <OfferedPart name={tab} customerId={customer.customerId} />;
  switch (tab) {
    case 'overview':
      return (
        <div className={styles['overview']}>
          <div className={styles['stack']}>
            <GroupWorth customer={customer} />
            <ValueMetrics customer={customer} />
            {canSeeOrders ? <RhythmPanel customer={customer} /> : null}
            <ReasonsPanel customer={customer} />
            <ChangePanel customerId={customer.customerId} />
            {canSeeOrders ? <MonthsPanel customerId={customer.customerId} /> : null}
          </div>
          <div className={styles['side']}>
            <CustomerFacts customer={customer} />
            <ProfilePanel customer={customer} />
            <GroupPanel customer={customer} />
            <ModelNote customer={customer} />
          </div>
        </div>
      );
    case 'orders':
      return <OrdersPanel customerId={customer.customerId} />;
    case 'products':
      return <ProductsPanel customerId={customer.customerId} />;
  }
}

/** A tab that another feature brings; its script comes with the first look at it. */
function OfferedPart({ name, customerId }: { name: CustomerPartName; customerId: number }) {
  const part = customerPart(name);
  if (part === undefined) return null;
  return <part.Part customerId={customerId} waiting={<SkeletonLines n={6} />} />;
}

/** What the figures were made from. */
function ModelNote({ customer }: { customer: CustomerDetail }) {
  const t = useWords();
  const word = useAnyWord();
  const f = useFormats();
  const { score } = customer;
  if (score === null) return null;
  return (
    <p className={styles['footnote']}>
      {t('customers.modelNote', {
        date: f.date(score.asOf),
        horizon: `${f.decimal(score.horizon, 0)} ${t(`customers.unit.${score.timeUnit}`)}`,
        model: word(`model.${score.modelName}`),
      })}
    </p>
  );
}
