import type { DuplicateCard } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { useWords } from '../words.js';
import styles from './pair-list.module.css';

/** One of two customers: what tells it from the other. */
export function CustomerCard({ card }: { card: DuplicateCard }) {
  const t = useWords();
  const f = useFormats();
  const facts = [card.customerNo, card.creditCode, card.region, card.industry].filter(Boolean);
  const orders =
    card.orders === null || card.orders === 0
      ? t('duplicates.noOrders')
      : t('duplicates.orders', { count: f.count(card.orders) });
  const owner = card.ownerName === null ? null : t('duplicates.owner', { name: card.ownerName });
  return (
    <div className={styles['card']}>
      <CustomerLink to={`/customers/${card.customerId}`}>{card.name}</CustomerLink>
      <p className={styles['faint']}>{facts.join(' · ')}</p>
      <p className={styles['faint']}>{[owner, orders].filter(Boolean).join(' · ')}</p>
    </div>
  );
}
