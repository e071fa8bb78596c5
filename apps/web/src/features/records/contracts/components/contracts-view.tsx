import type { ContractRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { later } from '../../../../ui/later.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { contractsOf } from '../api/contracts.js';
import { useWords } from '../words.js';
import { ContractCard } from './contract-card.js';
import styles from './contracts.module.css';
import { PaymentsPanel } from './payments-panel.js';
import { ReceivablesPanel } from './receivables-panel.js';

const contractForm = later(() => import('./contract-form.js'));

/** What was agreed with a customer, what it owes and what it has paid. */
export default function ContractsView({ customerId }: { customerId: number }) {
  const mayReadMoney = useCan('payments:read');
  return (
    <div className={styles['view']}>
      <ContractsPanel customerId={customerId} />
      {mayReadMoney ? <ReceivablesPanel customerId={customerId} /> : null}
      {mayReadMoney ? <PaymentsPanel customerId={customerId} /> : null}
    </div>
  );
}

function ContractsPanel({ customerId }: { customerId: number }) {
  const t = useWords();
  const mayWrite = useCan('contracts:write');
  const query = useQuery(contractsOf(customerId));
  // The contract that is edited, or a new one.
  const [editing, setEditing] = useState<number | 'new' | null>(null);
  const close = () => setEditing(null);
  const form = (contract: ContractRow | null) => (
    <contractForm.Part
      key={contract?.contractId ?? 'new'}
      customerId={customerId}
      contract={contract}
      onClose={close}
      waiting={<SkeletonLines n={5} />}
    />
  );
  return (
    <Panel
      title={t('contracts.title')}
      extra={
        mayWrite && editing !== 'new' ? (
          <Button type="primary" onPointerEnter={contractForm.prepare} onClick={() => setEditing('new')}>
            {t('contracts.add')}
          </Button>
        ) : undefined
      }
    >
      {editing === 'new' ? form(null) : null}
      <QueryView
        query={query}
        skeleton={<SkeletonLines n={4} />}
        empty={(data) => data.items.length === 0 && editing !== 'new'}
        emptyView={<EmptyState title={t('contracts.none')} text={t('contracts.noneText')} />}
      >
        {(data) => (
          <ul className={styles['cards']}>
            {data.items.map((contract) => (
              <li key={contract.contractId}>
                {editing === contract.contractId ? (
                  form(contract)
                ) : (
                  <ContractCard
                    contract={contract}
                    onEdit={mayWrite ? () => setEditing(contract.contractId) : null}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </Panel>
  );
}
