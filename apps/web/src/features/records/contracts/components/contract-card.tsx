import type { ContractRow } from '@kezi/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useQueryClient } from '@tanstack/react-query';
import { IconButton } from '../../../../ui/icon-button.js';
import list from '../../../../ui/list-table.module.css';
import { ProgressBar } from '../../../../ui/progress-bar.js';
import { RecordFiles } from '../../../../ui/record-files.js';
import { useToast } from '../../../../ui/toast.js';
import { restoreContract, useDeleteContract } from '../api/contracts.js';
import { useWords } from '../words.js';
import styles from './contracts.module.css';
import { StageTag, Term } from './stage-tag.js';

interface ContractCardProps {
  contract: ContractRow;
  onEdit: (() => void) | null;
}

/** One contract: what it is about, how long it runs, whether the promise is kept, its files. */
export function ContractCard({ contract, onEdit }: ContractCardProps) {
  const t = useWords();
  const f = useFormats();
  const [showsFiles, setShowsFiles] = useState(false);
  const { currency } = contract;
  const facts: readonly (readonly [string, string | null])[] = [
    [t('contracts.amount'), contract.amountMinor === null ? null : f.money(contract.amountMinor, currency)],
    [
      t('contracts.paymentDays'),
      contract.paymentDays === null ? null : t('contracts.days', { n: contract.paymentDays }),
    ],
    [t('contracts.signedOn'), contract.signedOn === null ? null : f.date(contract.signedOn)],
    [
      t('contracts.owed'),
      contract.receivableMinor === 0
        ? null
        : t('contracts.owedOf', {
            received: f.money(contract.receivedMinor, currency),
            total: f.money(contract.receivableMinor, currency),
          }),
    ],
  ];
  return (
    <article className={styles['card']} aria-label={contract.title}>
      <header className={styles['head']}>
        <div className={styles['who']}>
          <strong>{contract.title}</strong>
          <span className={list['faint']}>{contract.contractNo}</span>
        </div>
        <StageTag stage={contract.stage} />
        {onEdit ? <Buttons contract={contract} onEdit={onEdit} /> : null}
      </header>
      <p>
        <Term contract={contract} />
        {contract.isRenewedByItself ? ` · ${t('contracts.renewed')}` : ''}
      </p>
      {contract.stage === 'ending' && contract.endsOn !== null ? (
        <p className={styles['notice']}>{t('contracts.notice', { day: f.date(contract.endsOn) })}</p>
      ) : null}
      <dl className={styles['facts']}>
        {facts.map(([label, value]) =>
          value === null ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <Promise contract={contract} />
      {contract.terms === null ? null : <p className={styles['terms']}>{contract.terms}</p>}
      {showsFiles ? (
        <RecordFiles path={`/contracts/${contract.contractId}/files`} mayWrite={onEdit !== null} />
      ) : (
        <Button type="link" className={styles['more'] ?? ''} onClick={() => setShowsFiles(true)}>
          {t('contracts.files', { count: contract.files })}
        </Button>
      )}
    </article>
  );
}

/** The promised minimum against the orders. */
function Promise({ contract }: { contract: ContractRow }) {
  const t = useWords();
  const f = useFormats();
  const { minimumMinor, boughtMinor, dueByNowMinor, currency } = contract;
  if (minimumMinor === null) return null;
  const isBehind = dueByNowMinor !== null && boughtMinor < dueByNowMinor && boughtMinor < minimumMinor;
  return (
    <div className={styles['promise']}>
      <ProgressBar
        label={t('contracts.minimum')}
        done={Math.max(0, boughtMinor)}
        total={minimumMinor}
        note={t('contracts.promise', {
          bought: f.money(boughtMinor, currency),
          minimum: f.money(minimumMinor, currency),
          share: f.percent(boughtMinor / minimumMinor, 0),
        })}
        tone={isBehind ? 'bad' : 'good'}
      />
      {isBehind && contract.stage !== 'upcoming' ? (
        <p className={styles['behind']}>{t('contracts.behind', { due: f.money(dueByNowMinor, currency) })}</p>
      ) : null}
    </div>
  );
}

function Buttons({ contract, onEdit }: { contract: ContractRow; onEdit: () => void }) {
  const t = useWords();
  const toast = useToast();
  const client = useQueryClient();
  const back = async () => {
    await restoreContract(contract.contractId);
    await client.invalidateQueries({ queryKey: ['contracts'] });
  };
  const remove = useDeleteContract(() => toast.undo(t('contracts.deleted', { title: contract.title }), back));
  return (
    <span className={styles['buttons']}>
      <IconButton icon="edit" label={t('contracts.edit', { title: contract.title })} onClick={onEdit} />
      <IconButton
        icon="trash"
        label={t('contracts.delete', { title: contract.title })}
        onClick={() => remove.mutate(contract.contractId, { onError: (error) => toast.failed(error) })}
      />
    </span>
  );
}
