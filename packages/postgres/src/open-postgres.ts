import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '@kezi/contract/errors';
import { findBinaries } from './binaries.js';
import {
  forgetRunning,
  pathsOf,
  readOrMakeSecret,
  readRunning,
  readSecret,
  urlOf,
  writeRunning,
  type ClusterPaths,
} from './cluster-files.js';
import { lockFolder } from './folder-lock.js';
import { initialise } from './initialise.js';
import { endOrphan } from './orphan.js';
import { runAs } from './run-as.js';
import { freePort, startServer, stopServer, type ServerProcess } from './server-process.js';

export interface PostgresOptions {
  /** The folder of this PostgreSQL; made when absent. One program at a time works on it. */
  folder: string;
  /** Settings of postgresql.conf that differ from ours. */
  settings?: Readonly<Record<string, string>>;
  /** False for tests only: nothing is forced to disk, a crash of the machine loses all. */
  durable?: boolean;
  /** Told when PostgreSQL ended on its own and is being started again, and when that succeeded or failed. */
  onTrouble?: (what: 'ended' | 'restarted' | 'failed', error?: unknown) => void;
}

export interface Postgres {
  /** The connection of PostgreSQL's administrator to its database `postgres`, on loopback. */
  url: string;
  port: number;
  /** Random, made once for the cluster; other passwords may be derived from it. */
  secret: string;
  /** True when a server that had outlived its program was ended first. */
  tookOver: boolean;
  stop: () => Promise<void>;
}

function prepareFolder(folder: string): ClusterPaths {
  const isRoot = process.getuid?.() === 0;
  // As root, PostgreSQL's user must pass through the folder; the secret inside has its own 0600.
  mkdirSync(folder, { recursive: true, mode: isRoot ? 0o711 : 0o700 });
  if (isRoot && (statSync(folder).mode & 0o001) === 0) chmodSync(folder, 0o711);
  return pathsOf(folder);
}

/**
 * Starts a PostgreSQL that lives in a folder: makes the cluster when there is none, ends an orphan of an earlier kill,
 * listens on a free port of loopback alone, and starts it again on the same port should it end by itself.
 * @throws CodedError postgres.folder_in_use, postgres.folder_unreachable, postgres.folder_not_ours,
 *   postgres.version_differs, postgres.init_failed, postgres.start_failed, postgres.binaries_missing, app.disk_full
 */
export async function openPostgres(options: PostgresOptions): Promise<Postgres> {
  const folder = resolve(options.folder);
  const paths = prepareFolder(folder);
  const lock = await lockFolder(folder);
  try {
    const binaries = findBinaries();
    const user = runAs([folder, binaries.postgres]);
    const durable = options.durable ?? true;
    const tookOver = await endOrphan(paths);
    const secret = readOrMakeSecret(paths);
    await initialise(paths, binaries, user, { secret, durable });
    const start = (port: number) =>
      startServer(paths, binaries.postgres, user, {
        port,
        secret,
        durable,
        settings: options.settings ?? {},
      });
    const { server, port } = await startOnFreePort(start);
    writeRunning(paths, { port, pid: process.pid });
    const keeper = keepRunning(server, () => endOrphan(paths).then(() => start(port)), options.onTrouble);
    const stop = async () => {
      await keeper.stop();
      forgetRunning(paths);
      await lock.release();
    };
    return { url: urlOf(secret, port), port, secret, tookOver, stop };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** The port was free when we looked; another program may have been quicker, so three attempts. */
async function startOnFreePort(
  start: (port: number) => Promise<ServerProcess>,
): Promise<{ server: ServerProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      return { server: await start(port), port };
    } catch (error) {
      const taken =
        error instanceof CodedError && String(error.params['log']).includes('Address already in use');
      if (!taken || attempt === 3) throw error;
    }
  }
}

/** Starts the server again when it ends without being told to, with pauses that grow to 5 s. */
function keepRunning(
  first: ServerProcess,
  again: () => Promise<ServerProcess>,
  tell: PostgresOptions['onTrouble'] = () => undefined,
): { stop: () => Promise<void> } {
  let server = first;
  const state = { stopping: false };
  let restarting: Promise<void> = Promise.resolve();

  const restart = async () => {
    tell('ended');
    for (let pauseMs = 100; !state.stopping; pauseMs = Math.min(5000, pauseMs * 2)) {
      try {
        server = await again();
        watch();
        tell('restarted');
        return;
      } catch (error) {
        tell('failed', error);
        await sleep(pauseMs);
      }
    }
  };
  const watch = () => {
    void server.exited.then(() => {
      if (!state.stopping) restarting = restart();
    });
  };
  watch();
  return {
    stop: async () => {
      state.stopping = true;
      await restarting;
      await stopServer(server);
    },
  };
}

/**
 * The PostgreSQL that another program of ours runs on the folder now, or null. For commands that work beside a running
 * server; the caller owns nothing and stops nothing.
 */
export async function findRunningPostgres(folder: string): Promise<{ url: string; secret: string } | null> {
  const paths = pathsOf(resolve(folder));
  if (!existsSync(paths.secret)) return null;
  const running = readRunning(paths);
  if (!running) return null;
  try {
    const lock = await lockFolder(resolve(folder), 0);
    await lock.release();
    return null;
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'postgres.folder_in_use') throw error;
  }
  const secret = readSecret(paths);
  return { url: urlOf(secret, running.port), secret };
}
