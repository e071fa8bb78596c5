import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useGo } from '../../../../lib/navigate.js';
import { useCan, useSession } from '../../../../lib/session.js';
import { useToast } from '../../../../ui/toast.js';
import { useOpenDispute } from '../api/disputes.js';
import { useClaim, useRelease } from '../api/pools.js';
import { historyQuery } from '../api/transfers.js';
import { useWords } from '../words.js';
import styles from './ownership.module.css';
import { ReasonDialog } from './reason-dialog.js';

/** What the reader may do about whose the customer is. */
export function CustomerActions({ customerId }: { customerId: number }) {
  const t = useWords();
  const go = useGo();
  const me = useSession();
  const mayAssign = useCan('customers:assign');
  const mayClaim = useCan('pools:claim');
  const mayDispute = useCan('disputes:write');
  const now = useQuery(historyQuery(customerId)).data?.items[0];
  const [asking, setAsking] = useState<'release' | 'dispute' | null>(null);
  if (now === undefined) return null;
  const isMine = now.holderId === me.id;
  const isOwned = now.holderId !== null;
  const close = () => setAsking(null);
  return (
    <div className={styles['actions']}>
      {mayAssign ? (
        <Button onClick={() => go(`/customers/transfers/new?ids=${JSON.stringify([customerId])}`)}>
          {t('ownership.transfer')}
        </Button>
      ) : null}
      {mayClaim && isOwned && (isMine || mayAssign) ? (
        <Button onClick={() => setAsking('release')}>{t('ownership.release')}</Button>
      ) : null}
      {mayDispute && isOwned && !isMine ? (
        <Button onClick={() => setAsking('dispute')}>{t('ownership.openDispute')}</Button>
      ) : null}
      {asking === 'release' ? (
        <ReleaseDialog customerId={customerId} isMine={isMine} onClose={close} />
      ) : null}
      {asking === 'dispute' ? <DisputeDialog customerId={customerId} onClose={close} /> : null}
    </div>
  );
}

interface DialogProps {
  customerId: number;
  onClose: () => void;
}

function ReleaseDialog({ customerId, isMine, onClose }: DialogProps & { isMine: boolean }) {
  const t = useWords();
  const go = useGo();
  const toast = useToast();
  const release = useRelease();
  const claim = useClaim();
  const submit = (reason: string) =>
    release.mutate(
      { customerId, reason },
      {
        onSuccess: () => {
          onClose();
          if (isMine) toast.undo(t('ownership.released'), () => claim.mutateAsync(customerId));
          else toast.done(t('ownership.released'));
          go('/customers');
        },
      },
    );
  return (
    <ReasonDialog
      title={t('ownership.release')}
      text={t('ownership.releaseText')}
      label={t('ownership.reason')}
      action={t('ownership.release')}
      max={500}
      error={release.error}
      isPending={release.isPending}
      onClose={onClose}
      onSubmit={submit}
    />
  );
}

function DisputeDialog({ customerId, onClose }: DialogProps) {
  const t = useWords();
  const go = useGo();
  const open = useOpenDispute();
  const submit = (grounds: string) =>
    open.mutate(
      { customerId, grounds },
      { onSuccess: (dispute) => go(`/customers/disputes?open=${dispute.disputeId}`) },
    );
  return (
    <ReasonDialog
      title={t('ownership.openDispute')}
      text={t('ownership.disputeText')}
      label={t('ownership.grounds')}
      action={t('ownership.submitDispute')}
      max={4000}
      error={open.error}
      isPending={open.isPending}
      onClose={onClose}
      onSubmit={submit}
    />
  );
}
