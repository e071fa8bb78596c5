import { emitEvent } from '../platform/events/emit-event.js';
import { notify } from '../platform/events/notifications.js';
import type { Actor } from './access-sight.js';
import { openStream } from './open-stream.js';
import type { TestServer } from './test-server.js';

/**
 * Whoever may hears what happens to everybody, by its name alone, and nothing of what happens to somebody else; their stream
 * ends when their rights change.
 * @param key of the administrator, with the right alone
 */
export async function wronglyUnheard(
  { app, users, asSystem }: TestServer,
  path: string,
  who: readonly Actor[],
  key: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const faults: string[] = [];
  const listens = async (name: string, client: Parameters<typeof openStream>[1], userId: number) => {
    const stream = await openStream(app, client, path);
    await asSystem(async (db) => {
      await emitEvent(db, 'tiers.changed', { tierRunId: 1 }, { audience: 'all' });
      const audience = { userId: users.stranger.userId };
      await emitEvent(db, 'recycle.warned', { ownerId: audience.userId, customers: 1 }, { audience });
      await emitEvent(db, 'dispute.changed', { disputeId: 1 }, { audience: { userId } });
    });
    await stream.says('dispute.changed');
    await asSystem((db) => notify(db, { type: 'access', userId }));
    const heard = [...(await stream.whole).matchAll(/^data: (.*)$/gm)].map(([, data]) => data).join();
    if (heard !== '{"type":"tiers.changed"},{"type":"dispute.changed"}')
      faults.push(`${name} hears ${heard}`);
  };
  for (const actor of who) await listens(actor, users[actor], users[actor].userId);
  const { authorization = '' } = key;
  await listens('a key', { authorization }, users.administrator.userId);
  return faults;
}
