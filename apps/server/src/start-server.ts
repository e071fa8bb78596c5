import type { AddressInfo } from 'node:net';
import { CodedError } from '@kezi/contract/errors';
import type { Config } from './config.js';
import { openData } from './platform/data-folder.js';
import type { KeziApp } from './platform/http/kezi-app.js';
import type { Platform } from './platform/platform.js';
import { putNotice } from './server-notice.js';

export { readConfig } from './config.js';

export interface RunningServer {
  url: string;
  /** The code that creates the first administrator from another machine; null when there is one already. */
  setupCode: string | null;
  stop: () => Promise<void>;
}

async function listen(app: KeziApp, config: Config): Promise<string> {
  const { host, port } = config;
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new CodedError('app.port_in_use', { port }, { cause: error });
    throw new CodedError('app.port_refused', { host, port, reason: code }, { cause: error });
  }
  const address = app.server.address() as AddressInfo;
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${address.port}`;
}

/**
 * Starts everything and listens.
 * @throws CodedError with what stands in the way: port, data folder, database, disk
 */
export async function startServer(config: Config): Promise<RunningServer> {
  const told: { log?: Platform['log'] } = {};
  // PostgreSQL starts while the modules are read: each takes about half a second, and needs nothing of the other.
  const opening = openData(config, {
    onTrouble: (what, error) => told.log?.error({ err: error, what }, 'PostgreSQL ended by itself.'),
  });
  const reading = import('./assemble-server.js');
  // Whoever fails is met below; a failure that comes before its turn is not a defect of its own.
  reading.catch(() => undefined);
  const data = await opening;
  try {
    const { assemble, migrate } = await reading;
    await migrate(data);
    const server = await assemble(config, data);
    told.log = server.platform.log;
    try {
      const url = await listen(server.app, config);
      await server.jobs.start();
      const users = await server.platform.db.login
        .selectFrom('app_user')
        .select('id')
        .where('role', '=', 'administrator')
        .limit(1)
        .execute();
      const takeNotice = putNotice(data.folders.data, url);
      const stop = async () => {
        takeNotice();
        await server.close();
        await data.close();
      };
      return { url, setupCode: users.length === 0 ? server.platform.setupCode : null, stop };
    } catch (error) {
      await server.close();
      throw error;
    }
  } catch (error) {
    await data.close();
    throw error;
  }
}
