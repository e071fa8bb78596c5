import { useQuery } from '@tanstack/react-query';
import { useSearch } from '../../../../lib/navigate.js';
import { SidePanel } from '../../../../ui/side-panel.js';
import { customerQuery } from '../api/show-customer.js';
import { customersSearch } from '../customers-search.js';
import { useWords } from '../words.js';
import { CustomerSkeleton } from './customer-skeleton.js';
import { customerView } from './register-parts.js';

interface CustomerPanelProps {
  customerId: number | undefined;
  onClose: () => void;
}

/** A customer beside the list: what the page shows, one column wide. */
export function CustomerPanel({ customerId, onClose }: CustomerPanelProps) {
  const t = useWords();
  const [search, setSearch] = useSearch(customersSearch);
  const name = useQuery({ ...customerQuery(customerId ?? 0), enabled: customerId !== undefined }).data?.name;
  if (customerId === undefined) return null;
  const tab = search.tab === 'overview' ? '' : `?tab=${search.tab}`;
  const kinds =
    search.tab === 'timeline' && search.timeline.length > 0
      ? `&timeline=${encodeURIComponent(JSON.stringify(search.timeline))}`
      : '';
  return (
    <SidePanel
      open
      onClose={onClose}
      title={name ?? t('customers.one')}
      to={`/customers/${customerId}${tab}${kinds}`}
      width={600}
    >
      <customerView.Part
        waiting={<CustomerSkeleton />}
        customerId={customerId}
        tab={search.tab}
        onTab={(tab) => setSearch({ tab }, { replace: true })}
      />
    </SidePanel>
  );
}
