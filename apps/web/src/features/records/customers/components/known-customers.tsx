import { duplicateMatches, duplicatePairPage, type DuplicateMatches } from '@kezi/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../../../lib/api.js';
import { AppLink } from '../../../../lib/navigate.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { Icon } from '../../../../ui/icon.js';
import { useWords } from '../words.js';
import styles from './known-customers.module.css';

interface Typed {
  name: string;
  creditCode: string;
  phone: string;
}

/** One asks when the hand rests. */
const restMs = 350;

function useRested(typed: Typed): Typed {
  const text = JSON.stringify(typed);
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return JSON.parse(rested) as Typed;
}

const checkQuery = ({ name, creditCode, phone }: Typed) =>
  queryOptions({
    queryKey: ['customers', 'check', name, creditCode, phone],
    queryFn: ({ signal }) =>
      api.post(
        '/duplicates/check',
        { name, creditCode: creditCode || null, phones: phone === '' ? [] : [phone] },
        { schema: duplicateMatches, signal },
      ),
    staleTime: 30_000,
  });

const pairsQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['duplicates', 'of', customerId],
    queryFn: ({ signal }) =>
      api.get('/duplicates', { query: { customerId, limit: 5 }, schema: duplicatePairPage, signal }),
  });

/** Customers that the search through all found to be near this one. */
export function NearCustomers({ customerId }: { customerId: number }) {
  const pairs = useQuery(pairsQuery(customerId)).data?.items ?? [];
  const items = pairs.map(({ a, b, score, isLikely, reasons }) => ({
    ...(a.customerId === customerId ? b : a),
    score,
    isLikely,
    reasons,
  }));
  const t = useWords();
  if (items.length === 0) return null;
  return (
    <>
      <Found items={items} elsewhere={false} />
      <AppLink to="/duplicates">{t('customers.toDuplicates')}</AppLink>
    </>
  );
}

/** Customers that may be the one being entered. Of a colleague's, no more than that there is one. */
export function KnownCustomers(typed: Typed) {
  const rested = useRested(typed);
  const isTyped = rested.name.trim().length >= 2 || rested.creditCode !== '' || rested.phone !== '';
  const found = useQuery({ ...checkQuery(rested), enabled: isTyped }).data;
  return <div aria-live="polite">{found && isTyped ? <Found {...found} /> : null}</div>;
}

function Found({ items, elsewhere }: DuplicateMatches) {
  const t = useWords();
  if (items.length === 0 && !elsewhere) return null;
  const isLikely = items.some((item) => item.isLikely);
  return (
    <div className={styles['note']}>
      <Icon name="warning" size={16} />
      <div>
        {items.length === 0 ? null : (
          <>
            <p>{t(isLikely ? 'customers.likelyKnown' : 'customers.maybeKnown')}</p>
            <ul>
              {items.map((item) => (
                <li key={item.customerId}>
                  <CustomerLink to={`/customers/${item.customerId}`}>{item.name}</CustomerLink>{' '}
                  <span className={styles['faint']}>
                    {[item.customerNo, item.ownerName].filter(Boolean).join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
        {elsewhere ? <p>{t('customers.knownElsewhere')}</p> : null}
      </div>
    </div>
  );
}
