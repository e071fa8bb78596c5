import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { Client } from 'pg';
import type { Db } from '../db/scoped-db.js';

/** What one part of the program tells the others through the database, after the transaction has committed. */
export type Notice =
  | { type: 'job'; jobId: number }
  | { type: 'cancel'; jobId: number }
  | { type: 'access'; userId: number }
  | { type: 'event'; event: string; userId: number | null };

export interface Notifications {
  on: (tell: (notice: Notice) => void) => () => void;
  close: () => Promise<void>;
}

const channel = 'kezi';

/** Tells when (and only if) the transaction commits. */
export async function notify(db: Db, notice: Notice): Promise<void> {
  await sql`select pg_notify(${channel}, ${JSON.stringify(notice)})`.execute(db);
}

interface NotificationOptions {
  url: string;
  /** True for the server itself: one server works on a database, and this connection holds its lock. */
  exclusive: boolean;
  onError: (error: Error) => void;
}

/** @returns null while another server holds the database */
async function connect(options: NotificationOptions): Promise<Client | null> {
  const client = new Client({
    connectionString: options.url,
    application_name: 'kezi notices',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  client.on('error', options.onError);
  await client.connect();
  if (options.exclusive) {
    const { rows } = await client.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(hashtext('kezi server')) as taken`,
    );
    if (!rows[0]?.taken) {
      await client.end();
      return null;
    }
  }
  await client.query(`listen ${channel}`);
  return client;
}

/**
 * Listens on one connection of its own and connects again when it breaks. A server that was killed may hold the lock for
 * a moment longer, so a new one waits ten seconds for it.
 * @throws CodedError app.database_in_use
 */
export async function openNotifications(options: NotificationOptions): Promise<Notifications> {
  const emitter = new EventEmitter({ captureRejections: true });
  emitter.setMaxListeners(0);
  const state = { closed: false };
  let client: Client;

  const attach = (connected: Client) => {
    client = connected;
    connected.on('notification', (message) => {
      if (message.payload) emitter.emit('notice', JSON.parse(message.payload));
    });
    connected.once('end', () => {
      if (!state.closed) void again();
    });
  };
  const again = async () => {
    for (let pauseMs = 100; !state.closed; pauseMs = Math.min(2000, pauseMs * 2)) {
      await sleep(pauseMs, undefined, { ref: false });
      try {
        const connected = await connect(options);
        if (connected) return attach(connected);
      } catch (error) {
        options.onError(error as Error);
      }
    }
  };

  const deadline = performance.now() + 10_000;
  for (;;) {
    const connected = await connect(options);
    if (connected) {
      attach(connected);
      break;
    }
    if (performance.now() > deadline) throw new CodedError('app.database_in_use');
    await sleep(200);
  }
  return {
    on(tell) {
      emitter.on('notice', tell);
      return () => emitter.off('notice', tell);
    },
    async close() {
      state.closed = true;
      await client.end().catch(options.onError);
    },
  };
}
