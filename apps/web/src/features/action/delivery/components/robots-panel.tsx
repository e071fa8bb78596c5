import type { RobotRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { later } from '../../../../ui/later.js';
import { Tag } from '../../../../ui/tag.js';
import { robotsQuery, useChangeRobot, useRemoveRobot, useTestRobot } from '../api/delivery.js';
import { useWords } from '../words.js';
import { ConnectionActions } from './connection-actions.js';
import { ConnectionsPanel } from './connections-panel.js';
import styles from './delivery.module.css';

const newRobot = later(() => import('./new-robot.js'));

/** Robots of groups in WeCom, DingTalk and Feishu. */
export function RobotsPanel() {
  const query = useQuery(robotsQuery);
  return (
    <ConnectionsPanel of="robot" query={query} maker={(close) => <newRobot.Part onClose={close} />}>
      {(robot) => <RobotLine key={robot.robotId} robot={robot} />}
    </ConnectionsPanel>
  );
}

function RobotLine({ robot }: { robot: RobotRow }) {
  const t = useWords();
  const test = useTestRobot();
  const change = useChangeRobot();
  const remove = useRemoveRobot();
  const { robotId: id, name, vendor, urlHint, teamName, kinds, isActive, rowVersion } = robot;
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
      <ConnectionActions of="robot" isOn={isActive} {...{ id, name, rowVersion, test, change, remove }} />
    </li>
  );
}
