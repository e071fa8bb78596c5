import { useQuery } from '@tanstack/react-query';
import { useSearch } from '../../../../lib/navigate.js';
import { SidePanel } from '../../../../ui/side-panel.js';
import { customerQuery } from '../api/show-customer.js';
import { besideSearch } from '../customers-search.js';
import { useWords } from '../words.js';
import { CustomerSkeleton } from './customer-skeleton.js';
import { customerView } from './register-parts.js';

/** A customer beside the page on which its name was clicked: what its own page shows, one column wide. */
export default function CustomerPanel({ customerId }: { customerId: number }) {
  const t = useWords();
  const [{ customerTab, timeline }, setSearch] = useSearch(besideSearch);
  const name = useQuery(customerQuery(customerId)).data?.name;
  const tab = customerTab === 'overview' ? '' : `?tab=${customerTab}`;
  const kinds =
    customerTab === 'timeline' && timeline.length > 0
      ? `&timeline=${encodeURIComponent(JSON.stringify(timeline))}`
      : '';
  return (
    <SidePanel
      open
      onClose={() => setSearch({ customer: undefined, customerTab: 'overview', timeline: [] })}
      title={name ?? t('customers.one')}
      to={`/customers/${customerId}${tab}${kinds}`}
      width={600}
    >
      <customerView.Part
        waiting={<CustomerSkeleton />}
        // What was begun to be typed for one customer is not the next one's.
        key={customerId}
        customerId={customerId}
        tab={customerTab}
        onTab={(next) => setSearch({ customerTab: next }, { replace: true })}
      />
    </SidePanel>
  );
}
