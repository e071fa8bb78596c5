import type { RobotRow } from '@kezi/contract';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useConfirm } from '../../../../ui/confirm.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { later } from '../../../../ui/later.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { robotsQuery, useChangeRobot, useRemoveRobot, useTestRobot } from '../api/delivery.js';
import { useWords } from '../words.js';
import { DeliveryHistory } from './delivery-history.js';
import styles from './delivery.module.css';
import { TestNote } from './test-note.js';

const newRobot = later(() => import('./new-robot.js'));

/** Robots of groups in WeCom, DingTalk and Feishu. */
export function RobotsPanel() {
  const t = useWords();
  const query = useQuery(robotsQuery);
  const [isMaking, setMaking] = useState(false);
  const begin = () => setMaking(true);
  return (
    <Panel
      title={t('delivery.robots')}
      hint={t('delivery.robots_hint')}
      padding="none"
      extra={<Button onClick={begin}>{t('delivery.robot_new')}</Button>}
    >
      <QueryView
        query={query}
        empty={({ items }) => items.length === 0}
        emptyView={
          <EmptyState
            title={t('delivery.robots_none')}
            text={t('delivery.robots_none_text')}
            action={{ label: t('delivery.robot_new'), onClick: begin }}
          />
        }
      >
        {({ items }) => (
          <ul>
            {items.map((robot) => (
              <RobotLine key={robot.robotId} robot={robot} />
            ))}
          </ul>
        )}
      </QueryView>
      {isMaking ? <newRobot.Part onClose={() => setMaking(false)} /> : null}
    </Panel>
  );
}

function RobotLine({ robot }: { robot: RobotRow }) {
  const t = useWords();
  const toast = useToast();
  const confirm = useConfirm();
  const test = useTestRobot();
  const change = useChangeRobot();
  const remove = useRemoveRobot();
  const [showsHistory, setShowsHistory] = useState(false);
  const { robotId: id, name, vendor, urlHint, teamName, kinds, isActive, rowVersion } = robot;
  const failed = { onError: (error: Error) => toast.failed(error) };
  const ask = async () => {
    const sure = await confirm({
      title: t('delivery.remove_title', { name }),
      text: t('delivery.robot_remove_text'),
      action: t('delivery.remove'),
      danger: true,
    });
    if (sure) remove.mutate(id, failed);
  };
  return (
    <li className={styles['item']}>
      <div className={styles['row']}>
        <strong>{name}</strong>
        <Tag tone={isActive ? 'good' : 'neutral'}>{t(isActive ? 'delivery.on' : 'delivery.off')}</Tag>
        <span className={styles['faint']}>
          {[t(`delivery.vendor.${vendor}`), `…${urlHint}`, teamName ?? t('delivery.whole_company')].join(
            ' · ',
          )}
        </span>
      </div>
      <div className={styles['row']}>
        {kinds.map((kind) => (
          <Tag key={kind}>{t(`delivery.kind.${kind}`)}</Tag>
        ))}
      </div>
      <div className={styles['row']}>
        <Button size="small" loading={test.isPending} onClick={() => test.mutate(id, failed)}>
          {t('delivery.send_test')}
        </Button>
        <Button size="small" onClick={() => change.mutate({ id, isActive: !isActive, rowVersion }, failed)}>
          {t(isActive ? 'delivery.switch_off' : 'delivery.switch_on')}
        </Button>
        <Button size="small" aria-expanded={showsHistory} onClick={() => setShowsHistory(!showsHistory)}>
          {t('delivery.history')}
        </Button>
        <Button size="small" danger onClick={() => void ask()}>
          {t('delivery.remove')}
        </Button>
      </div>
      <TestNote result={test.data} />
      {showsHistory ? <DeliveryHistory of={{ robotId: id }} /> : null}
    </li>
  );
}
