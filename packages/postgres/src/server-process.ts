import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, renameSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '@kezi/contract/errors';
import { Client } from 'pg';
import { tailOfLog, urlOf, type ClusterPaths } from './cluster-files.js';
import type { RunAs } from './run-as.js';

export interface ServerProcess {
  child: ChildProcess;
  pid: number;
  exited: Promise<void>;
}

interface StartOptions {
  port: number;
  secret: string;
  settings: Readonly<Record<string, string>>;
  durable: boolean;
}

/** A port that nobody listens on now; the system gives it out at random. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? done(address.port) : fail(new Error('no port')),
      );
    });
  });
}

const megabyte = 2 ** 20;

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(most, Math.floor(value)));
}

/**
 * How large the log may grow before PostgreSQL writes everything out and begins it anew: a tenth of what the disk has
 * left at the start, between 64 MB and 4 GB. Large means fewer pauses, but on a small disk the log must not be what
 * fills it. `min_wal_size`, what is kept to be written again, follows it down from PostgreSQL's own 80 MB.
 */
export function logSettings(freeBytes: number): Record<string, string> {
  const most = between(64, freeBytes / 10 / megabyte, 4096);
  return { max_wal_size: `${most}MB`, min_wal_size: `${between(32, most / 4, 80)}MB` };
}

/**
 * An eighth of the memory for pages, between 64 MB and 4 GB: the machine also holds Node and the valuation. The register of
 * a million customers has 3.5 GB with what is searched by; a page that is not held costs ten times one that is.
 */
function defaultSettings(folder: string): Record<string, string> {
  const megabytes = between(64, totalmem() / 8 / megabyte, 4096);
  const { bavail, bsize } = statfsSync(folder);
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: `${megabytes}MB`,
    max_connections: '120',
    ...logSettings(bavail * bsize),
    checkpoint_timeout: '15min',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_min_messages: 'warning',
    random_page_cost: '1.1',
  };
}

const volatileSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** The log of 10 MB is put aside once, so that it never fills the disk. */
function openLog(paths: ClusterPaths): number {
  if (existsSync(paths.log) && statSync(paths.log).size > 10 * 2 ** 20)
    renameSync(paths.log, `${paths.log}.1`);
  return openSync(paths.log, 'a', 0o600);
}

function launch(paths: ClusterPaths, program: string, user: RunAs, options: StartOptions): ServerProcess {
  const settings = {
    ...defaultSettings(paths.cluster),
    ...(options.durable ? {} : volatileSettings),
    ...options.settings,
  };
  const { file, args } = user.command(program, [
    '-D',
    paths.cluster,
    '-p',
    String(options.port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const log = openLog(paths);
  const child = spawn(file, args, {
    ...user.spawnOptions,
    cwd: '/',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC', PGDATA: '' },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  const exited = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  if (child.pid === undefined)
    throw new CodedError('postgres.start_failed', { folder: paths.cluster, log: file });
  return { child, pid: child.pid, exited };
}

/** Null when it answers; else why not yet. */
async function whyNotReady(url: string): Promise<string | null> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Starts PostgreSQL on the cluster and waits until it answers. Recovery after a kill may take minutes: as long as the
 * process lives and says that it is starting up, we wait.
 * @throws CodedError postgres.start_failed, app.disk_full
 */
export async function startServer(
  paths: ClusterPaths,
  program: string,
  user: RunAs,
  options: StartOptions,
): Promise<ServerProcess> {
  const server = launch(paths, program, user, options);
  const state = { ended: false };
  void server.exited.then(() => (state.ended = true));
  const url = urlOf(options.secret, options.port);
  for (;;) {
    const reason = await whyNotReady(url);
    if (state.ended) {
      const log = tailOfLog(paths);
      throw new CodedError(
        log.includes('No space left on device') ? 'app.disk_full' : 'postgres.start_failed',
        {
          folder: paths.cluster,
          log,
        },
      );
    }
    if (reason === null) return server;
    // 28P01: another server took the port between our look and its start, or the password is not this cluster's.
    if (reason === '28P01') {
      server.child.kill('SIGINT');
      throw new CodedError('postgres.start_failed', { folder: paths.cluster, log: tailOfLog(paths) });
    }
    await sleep(15);
  }
}

/** An orderly stop; after `patienceMs` the quick one, from which PostgreSQL recovers at its next start. */
export async function stopServer(server: ServerProcess, patienceMs = 30_000): Promise<void> {
  server.child.ref();
  server.child.kill('SIGINT');
  const late = new AbortController();
  const timer = sleep(patienceMs, 'late' as const, { signal: late.signal, ref: false }).catch(
    () => 'ended' as const,
  );
  const outcome = await Promise.race([server.exited.then(() => 'ended' as const), timer]);
  late.abort();
  if (outcome === 'late') {
    server.child.kill('SIGQUIT');
    await server.exited;
  }
}
