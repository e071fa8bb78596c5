import { Button } from 'antd';
import { useState } from 'react';
import { useConfirm } from '../../../../ui/confirm.js';
import { useToast } from '../../../../ui/toast.js';
import { useWords } from '../words.js';
import { DeliveryHistory } from './delivery-history.js';
import styles from './delivery.module.css';
import { TestNote } from './test-note.js';

/** A change on the server, as far as a button needs to know it. */
interface Sending<Input> {
  mutate: (input: Input, told: { onError: (error: Error) => void }) => void;
}

interface ConnectionActionsProps {
  of: 'robot' | 'webhook';
  id: number;
  name: string;
  isOn: boolean;
  rowVersion: number;
  test: Sending<number> & { isPending: boolean; data: Parameters<typeof TestNote>[0]['result'] };
  change: Sending<{ id: number; isActive: boolean; rowVersion: number }>;
  remove: Sending<number>;
}

/** What can be done with a robot or a webhook: test it, switch it, see what was sent, remove it. */
export function ConnectionActions(props: ConnectionActionsProps) {
  const { of, id, name, isOn, rowVersion, test, change, remove } = props;
  const t = useWords();
  const toast = useToast();
  const confirm = useConfirm();
  const [showsHistory, setShowsHistory] = useState(false);
  const failed = { onError: (error: Error) => toast.failed(error) };
  const ask = async () => {
    const sure = await confirm({
      title: t('delivery.remove_title', { name }),
      text: t(`delivery.${of}_remove_text`),
      action: t('delivery.remove'),
      danger: true,
    });
    if (sure) remove.mutate(id, failed);
  };
  return (
    <>
      <div className={styles['row']}>
        <Button size="small" loading={test.isPending} onClick={() => test.mutate(id, failed)}>
          {t('delivery.send_test')}
        </Button>
        <Button size="small" onClick={() => change.mutate({ id, isActive: !isOn, rowVersion }, failed)}>
          {t(isOn ? 'delivery.switch_off' : 'delivery.switch_on')}
        </Button>
        <Button size="small" aria-expanded={showsHistory} onClick={() => setShowsHistory(!showsHistory)}>
          {t('delivery.history')}
        </Button>
        <Button size="small" danger onClick={() => void ask()}>
          {t('delivery.remove')}
        </Button>
      </div>
      <TestNote result={test.data} />
      {showsHistory ? <DeliveryHistory of={of === 'robot' ? { robotId: id } : { webhookId: id }} /> : null}
    </>
  );
}
