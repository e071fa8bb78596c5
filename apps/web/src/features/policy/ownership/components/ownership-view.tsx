import { CustomerActions } from './customer-actions.js';
import { HistoryPanel } from './history-panel.js';
import styles from './ownership.module.css';
import { TeamPanel } from './team-panel.js';

/** Whose the customer is, who works on it, and how it came to that. */
export default function OwnershipView({ customerId }: { customerId: number }) {
  return (
    <div className={styles['view']}>
      <CustomerActions customerId={customerId} />
      <TeamPanel customerId={customerId} />
      <HistoryPanel customerId={customerId} />
    </div>
  );
}
