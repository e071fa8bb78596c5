import { readFileSync } from 'node:fs';
import type { Permission } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { Config } from '../config.js';
import { createKey } from '../modules/people/keys/index.js';
import { mustHoldData, openData } from '../platform/data-folder.js';
import { openScopedDb } from '../platform/db/scoped-db.js';
import { noticePath } from '../server-notice.js';
import { startServer } from '../start-server.js';

/** Where a server answers, and a key for it. */
export interface ReachedServer {
  url: string;
  key: string;
}

/** How long a forgotten key of a killed command may live. */
const keyLifetimeMs = 86_400_000;

/**
 * How long a server may take to say that it lives. Nobody there is known at once; whoever is given up while only busy is
 * taken for dead, and a second server is refused by the folder of the first.
 */
const answerMs = 20_000;

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(answerMs) })).ok;
  } catch {
    // Whoever left the notice was killed, and somebody else may listen there now or nobody.
    return false;
  }
}

async function runningServer(config: Config): Promise<string | null> {
  try {
    const { url } = JSON.parse(readFileSync(noticePath(config.dataFolder), 'utf8')) as { url: string };
    return (await answers(url)) ? url : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Makes a key of the first administrator for the time of one command. */
async function lendKey(
  config: Config,
  scopes: Permission[],
  now: Date,
): Promise<{ key: string; giveBack: () => Promise<void> }> {
  const data = await openData(config, { mayShare: true });
  const db = openScopedDb(data.address.appUrl, 1, () => undefined);
  const end = async () => {
    await db.close();
    await data.close();
  };
  try {
    const { apiKeyId, key } = await db.asSystem(async (trx) => {
      const user = await trx
        .selectFrom('app_user')
        .select('id')
        .where('role', '=', 'administrator')
        .where('disabled_at', 'is', null)
        .orderBy('id')
        .executeTakeFirst();
      if (!user) throw new CodedError('cli.administrator_missing');
      const expiresAt = new Date(now.getTime() + keyLifetimeMs).toISOString();
      const made = await createKey(trx, { userId: user.id, name: 'command line', scopes, expiresAt });
      return { apiKeyId: made.id, key: made.key };
    });
    const giveBack = async () => {
      await db.asSystem((trx) =>
        trx
          .updateTable('api_key')
          .set({ revoked_at: now.toISOString() })
          .where('api_key_id', '=', apiKeyId)
          .execute(),
      );
      await end();
    };
    return { key, giveBack };
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * Works with the server of a data folder: the one that runs, or else one that is started for the work and stopped after.
 * @throws CodedError app.data_folder_empty, cli.administrator_missing, and what `startServer` throws
 */
export async function useServer<T>(
  config: Config,
  scopes: Permission[],
  now: Date,
  work: (server: ReachedServer) => Promise<T>,
): Promise<T> {
  mustHoldData(config);
  const running = await runningServer(config);
  const started = running === null ? await startServer({ ...config, host: '127.0.0.1', port: 0 }) : null;
  try {
    const { key, giveBack } = await lendKey(config, scopes, now);
    try {
      return await work({ url: running ?? started?.url ?? '', key });
    } finally {
      await giveBack();
    }
  } finally {
    await started?.stop();
  }
}
