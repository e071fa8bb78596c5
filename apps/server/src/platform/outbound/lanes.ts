/** Deliveries to one receiver follow one another; all mails go by one server. */
export interface Lane {
  channel: string;
  webhook_id: number | null;
  robot_id: number | null;
}

/** The name of a lane in the queue: `webhook 3`, `robot 1`, `mail`. */
export const laneOf = ({ channel, webhook_id, robot_id }: Lane): string =>
  [channel, webhook_id ?? robot_id].filter((part) => part !== null).join(' ');

/** What a lane's name says. */
export function readLane(name: string): Lane {
  const [channel = '', id] = name.split(' ');
  const number = id === undefined ? null : Number(id);
  return {
    channel,
    webhook_id: channel === 'webhook' ? number : null,
    robot_id: channel === 'robot' ? number : null,
  };
}
