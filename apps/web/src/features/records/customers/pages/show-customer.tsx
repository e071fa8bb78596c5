import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { can, sessionQuery } from '../../../../lib/session.js';
import { useGo, useParams, useSearch } from '../../../../lib/navigate.js';
import { Page } from '../../../../ui/page.js';
import { customerQuery, rhythmQuery } from '../api/show-customer.js';
import CustomerView from '../components/customer-view.js';
import { customerSearch } from '../customers-search.js';
import { useWords } from '../words.js';

export function prefetch({ client, params }: PrefetchInput) {
  const customerId = Number(params['customerId']);
  const session = client.getQueryData(sessionQuery.queryKey) ?? null;
  return Promise.all([
    client.prefetchQuery(customerQuery(customerId)),
    // As the page itself: without the right it is not asked for.
    can(session, 'orders:read') ? client.prefetchQuery(rhythmQuery(customerId)) : null,
  ]);
}

/** One customer: who they are, what they are worth and why, when they will order again, what they bought. */
export default function ShowCustomer() {
  const t = useWords();
  const customerId = Number(useParams()['customerId']);
  const [search, setSearch] = useSearch(customerSearch);
  const customer = useQuery(customerQuery(customerId)).data;
  const go = useGo();
  const remainingId = customer?.customerId;
  // The id of a customer that was merged leads to the one that remains.
  useEffect(() => {
    if (remainingId !== undefined && remainingId !== customerId) {
      go(`/customers/${remainingId}`, { replace: true });
    }
  }, [remainingId, customerId, go]);
  const facts = customer ? [customer.customerNo, customer.industry, customer.region] : [];
  return (
    <Page
      title={customer?.name ?? t('customers.one')}
      subtitle={facts.filter(Boolean).join(' · ')}
      back="/customers"
      asOf={customer?.score?.asOf}
    >
      <CustomerView
        customerId={customerId}
        tab={search.tab}
        onTab={(tab) => setSearch({ tab }, { replace: true })}
      />
    </Page>
  );
}
